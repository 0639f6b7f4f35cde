//! The append-only log that is the only truth of sandan.
//!
//! It keeps *events* in one gap-free order, and beside them the few durable *rows* and *timers* that must
//! change in the same instant as the events that cause them. It knows streams, names, bytes and positions;
//! it never decodes a body, and it knows no rule of the domain.
//!
//! Three backends: [`MemoryLog`], [`SqliteLog`] for a node that stands alone, and [`PostgresLog`], which several
//! nodes share. All pass the suite in [`mod@conformance`].

mod append;
mod chain;
mod claims;
mod clock;
pub mod conformance;
mod error;
mod fate;
mod lease;
mod memory;
mod postgres;
mod prepare;
mod record;
mod sqlite;
mod trace;
mod transfer;
mod verify;

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use tokio::sync::watch;
use uuid::Uuid;

pub use append::{Append, Appended, Command, Expect, NewEvent, RowChange, Timer, TimerChange};
pub use chain::{Hash, Header, NotAHash, digest, link};
pub use clock::Clock;
pub use error::{AppendError, LogError};
pub use fate::Fate;
pub use lease::{Fence, Lease};
pub use memory::MemoryLog;
pub use postgres::{Inspection, PostgresLog, PostgresOptions};
pub use record::{Generation, GenerationMark, Head, Position, Record, Stat, StreamName, Version};
pub use sqlite::{SqliteLog, SqliteOptions};
pub use transfer::{KeptCommand, KeptRow, Movable, Part};
pub use verify::{BadPosition, Verified, verify};

/// What a command that was accepted before left behind: enough to give the same answer again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// Digest of the command's content; another content under the same id is refused. All zero for an id
    /// that came in [`Append::also`]: its content is not known here, so any content gets the answer.
    pub fingerprint: [u8; 32],
    /// The caller's own bytes, returned as they were given.
    pub outcome: Bytes,
    /// First and last position the command wrote. Equal to the head of that moment if it wrote no event.
    pub first: Position,
    pub last: Position,
}

/// The log. Every method may be called from any task; none blocks the runtime.
#[async_trait]
pub trait Log: Send + Sync + 'static {
    /// Appends all of `append` or nothing, and returns once it is durable.
    ///
    /// A command id that was accepted before answers with its first outcome and `replayed: true`. What is
    /// checked, in this order: what it was decided upon, the command's id, the ids in `also` (one that was accepted before is
    /// [`AppendError::CommandReused`]), the fence, the generation, the expected versions, the claims. Rows and
    /// timers change in the order given. Times are kept in whole microseconds; what is finer is cut off.
    ///
    /// A caller that stops waiting does not take its append back: ask [`Log::remembered`].
    async fn append(&self, append: Append) -> Result<Appended, AppendError>;

    /// Up to `limit` records with a position greater than `after`, in order.
    async fn read(&self, after: Position, limit: usize) -> Result<Vec<Record>, LogError>;

    /// Up to `limit` records of one stream with a version greater than `after`, in order.
    async fn read_stream(&self, stream: &StreamName, after: Version, limit: usize) -> Result<Vec<Record>, LogError>;

    /// The last committed position with its hash, and the generation that the log is in.
    async fn head(&self) -> Result<Head, LogError>;

    /// The head together with the number of events and of streams.
    async fn stat(&self) -> Result<Stat, LogError>;

    /// Follows the last committed position: own appends at once, those of other nodes within a moment. A receiver
    /// that falls behind sees only the newest. After a fork the position may be a smaller one than before.
    fn watch(&self) -> watch::Receiver<Position>;

    /// Somebody says that another node appended: whoever watches is to be told at once.
    fn nudge(&self) {}

    /// What an accepted command left behind, if this id was ever accepted.
    async fn remembered(&self, command: Uuid) -> Result<Option<Remembered>, LogError>;

    /// The value of a row, if it exists.
    async fn row(&self, space: &str, key: &[u8]) -> Result<Option<Bytes>, LogError>;

    /// The values of rows of one space, in the order of `keys`; `None` where there is no such row.
    async fn rows_at(&self, space: &str, keys: &[Bytes]) -> Result<Vec<Option<Bytes>>, LogError> {
        let mut values = Vec::with_capacity(keys.len());
        for key in keys {
            values.push(self.row(space, key).await?);
        }
        Ok(values)
    }

    /// Up to `limit` rows of a space with a key greater than `after` (`None`: from the first), by key.
    async fn rows(&self, space: &str, after: Option<&[u8]>, limit: usize) -> Result<Vec<(Bytes, Bytes)>, LogError>;

    /// Up to `limit` timers due at or before `until`, in the order of (due, id).
    async fn due_timers(&self, until: Timestamp, limit: usize) -> Result<Vec<Timer>, LogError>;

    /// The due time of the earliest pending timer.
    async fn next_timer(&self) -> Result<Option<Timestamp>, LogError>;

    /// Takes the lease of `job` for `holder` until `ttl` from now, by the store's clock: the machine's for a log
    /// of one program, the database's for a shared one; never the clock that records are dated with.
    ///
    /// Renews the holder's own while that is alive, under the same fence. One that is free, released or lapsed is
    /// taken under a greater one, also by the holder it had last. `None` while somebody else has it.
    async fn lease(&self, job: &str, holder: &str, ttl: Duration) -> Result<Option<Lease>, LogError>;

    /// Lets go of a lease, so that the next holder need not wait for its end. Does nothing if somebody else has
    /// taken the job since.
    async fn release(&self, lease: &Lease) -> Result<(), LogError>;

    /// The leases that are alive, by job.
    async fn leases(&self) -> Result<Vec<Lease>, LogError>;

    /// The newest generation this node has heard of. Whoever decides on what it reads asks this *before* it
    /// reads, and gives it with the append. When it has changed, states that were kept from before must go.
    fn generation(&self) -> Generation;

    /// All generations, the first included, in order.
    async fn generations(&self) -> Result<Vec<GenerationMark>, LogError>;

    /// Begins a new generation at the present head, as after a restored backup, and ends all leases. Appends
    /// that were decided in an older one are refused from now on.
    async fn fork(&self, why: &str) -> Result<GenerationMark, LogError>;

    /// Finishes what was accepted and lets go of what is held. Whatever is asked afterwards gets
    /// [`LogError::Closed`]. Closing twice is as good as once.
    async fn close(&self) -> Result<(), LogError>;
}
