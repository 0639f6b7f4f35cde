//! How applying events can fail.

use crate::ViewsError;

/// Either an event that can't be applied, or storage that failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error("event at position {position}: {reason}")]
    Poison { position: u64, reason: String },
    #[error(transparent)]
    Error(#[from] ViewsError),
}

impl Fault {
    pub fn poison(position: u64, reason: impl Into<String>) -> Self {
        Self::Poison { position, reason: reason.into() }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Error(error.into())
    }
}
