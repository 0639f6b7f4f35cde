//! Why an append was refused, and how the log can fail.

use bytes::Bytes;
use uuid::Uuid;

use crate::append::Append;
use crate::record::{Generation, StreamName, Version};

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
    /// Somebody else has taken the job since: stop doing it. `actual` is the newest lease's number, 0 if there
    /// never was one.
    #[error("job {job} was taken by somebody else: its lease is number {actual}, not {held}")]
    Fenced { job: String, held: u64, actual: u64 },
    /// History forked since the decision was made: forget every state that was read before, and decide again.
    #[error("the log is in generation {actual}, the decision was made in {known}")]
    Forked { known: Generation, actual: Generation },
    /// It was decided on what another append would leave behind, and nothing came of that: decide again.
    #[error("what the append was decided upon was never written")]
    Unfounded,
    /// The queue to the writer is full. The payload comes back.
    #[error("{queued} appends are waiting, the queue's limit")]
    Full { append: Box<Append>, queued: usize },
    /// The append contradicts itself: a mistake in the calling program.
    #[error("the append is malformed: {0}")]
    Malformed(&'static str),
    #[error(transparent)]
    Log(#[from] LogError),
}

/// The log itself failed. See [`LogError::is_passing`] for which of these end by themselves.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// No room left on the device: nothing was written; tries again work once there is room.
    #[error("no room left where the log is kept")]
    DiskFull,
    #[error("log is closed")]
    Closed,
    /// Not a log of this program.
    #[error("{0}")]
    Unusable(String),
    /// Written by a newer version of this program.
    #[error("{log} is a log of a newer version of sandan: its schema is {found}, this program knows {known}")]
    Newer { log: String, found: i64, known: i64 },
    /// Nobody answers at the database's address, or what answers is starting or stopping.
    #[error("the database can't be reached: {0}")]
    Unreachable(String),
    /// Wrong password, no such role, or no right to do what the log needs.
    #[error("the database refuses this user: {0}")]
    Denied(String),
    #[error("there is no such database: {0}")]
    NoDatabase(String),
    #[error("the database server is version {found}; {needed} or newer is needed")]
    TooOld { found: String, needed: u32 },
    /// A standby that was not promoted, or a database that was set so.
    #[error("the database is read-only: {0}")]
    ReadOnly(String),
    /// The connection was to be encrypted and can't be, or by somebody whose certificate isn't trusted.
    #[error("no encrypted connection to the database: {0}")]
    NoTls(String),
    /// A stored row can't be what this program wrote.
    #[error("log is damaged at position {position}: {what}")]
    Damaged { position: u64, what: String },
    #[error("storage failed: {0}")]
    Storage(String),
}

impl LogError {
    /// Whether the same wish may succeed in a while without anybody mending anything here: a database that
    /// restarts, a standby about to be promoted, a disk that is being cleared.
    pub const fn is_passing(&self) -> bool {
        match self {
            Self::DiskFull | Self::Closed | Self::Storage(_) | Self::Unreachable(_) | Self::ReadOnly(_) => true,
            Self::Unusable(_)
            | Self::Newer { .. }
            | Self::Denied(_)
            | Self::NoDatabase(_)
            | Self::TooOld { .. }
            | Self::NoTls(_)
            | Self::Damaged { .. } => false,
        }
    }
}
