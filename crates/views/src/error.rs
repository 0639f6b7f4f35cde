//! How a question or a model can fail.

use sandan_log::LogError;

/// We failed; never the caller's fault.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ViewsError {
    #[error("read models: {0}")]
    Storage(String),
    #[error("read the log for the read models")]
    Log(#[from] LogError),
    #[error("the place for copies of read models: {0}")]
    Shelf(#[from] crate::ShelfError),
    #[error("open sealed texts: {0}")]
    Vault(String),
    /// An event can't be applied: the model stands still before it.
    #[error("read model stopped at position {position}: {reason}")]
    Poisoned { position: u64, reason: String },
    #[error("read models are closed")]
    Closed,
}

/// The read models did not get there in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("read models are at position {at}, not yet at {wanted}")]
pub struct Lagging {
    pub at: u64,
    pub wanted: u64,
}

impl From<rusqlite::Error> for ViewsError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Storage(error.to_string())
    }
}
