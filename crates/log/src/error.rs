//! Why an append was refused, and how the log can fail.

use bytes::Bytes;
use uuid::Uuid;

use crate::append::Append;
use crate::record::{StreamName, Version};

/// Why an append did not happen. Nothing of it was written.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Somebody else wrote to the stream first: load it again and decide again.
    #[error("stream {stream} is at version {actual}, not {expected}")]
    Conflict { stream: StreamName, expected: Version, actual: Version },
    /// The row's key is in use. `value` is what stands there.
    #[error("key in {space} is taken")]
    KeyTaken { space: &'static str, key: Bytes, value: Bytes },
    /// The command id was accepted before with another content.
    #[error("command {0} was accepted before with another content")]
    CommandReused(Uuid),
    /// The queue to the writer is full. The payload comes back.
    #[error("{queued} appends are waiting, the queue's limit")]
    Full { append: Box<Append>, queued: usize },
    /// The append contradicts itself: a mistake in the calling program.
    #[error("the append is malformed: {0}")]
    Malformed(&'static str),
    #[error(transparent)]
    Log(#[from] LogError),
}

/// The log itself failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// No room left on the device: nothing was written; tries again work once there is room.
    #[error("no room left where the log is kept")]
    DiskFull,
    #[error("log is closed")]
    Closed,
    /// Another program's or a newer version's file.
    #[error("{0}")]
    Unusable(String),
    /// A stored row can't be what this program wrote.
    #[error("log is damaged at position {position}: {what}")]
    Damaged { position: u64, what: String },
    #[error("storage failed: {0}")]
    Storage(String),
}
