//! The log in one SQLite file, for a node that stands alone.
//!
//! One thread writes ([`writer`]): it takes what is waiting as one batch and one transaction, so many
//! callers share one fsync. Reading happens on connections of its own ([`readers`]), and so does moving the
//! write-ahead log into the file ([`checkpoint`]). A second program is kept out by a lock file.

mod backup;
mod checkpoint;
mod decode;
mod fault;
mod file;
mod jobs;
mod options;
mod queue;
mod read;
mod readers;
mod schema;
mod settle;
mod state;
mod streams;
mod transfer;
mod words;
mod write;
mod writer;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use rusqlite::Connection;
use tokio::sync::{mpsc, watch};
use tokio::task::spawn_blocking;
use uuid::Uuid;

use crate::clock::whole_micros;
use crate::prepare::prepare;
use crate::{
    Append, AppendError, Appended, Generation, GenerationMark, Head, Lease, Log, LogError, Movable, Part, Position,
    Record, Remembered, Stat, StreamName, Timer, Verified, Version, lease,
};
pub use options::SqliteOptions;
use queue::Queue;
use readers::Readers;
use state::Published;
use writer::Writer;

/// A log in one file.
///
/// Dropping it waits until everything that was accepted is written; [`Log::close`] does the same
/// without holding up the runtime.
pub struct SqliteLog {
    queue: Queue,
    readers: Arc<Readers>,
    published: Arc<Published>,
}

impl SqliteLog {
    /// Opens the log at `path`, creating it (readable by its owner only) if there is none.
    ///
    /// [`LogError::Unusable`] if another program has it open, wrote it, or a newer version did.
    pub async fn open(path: impl AsRef<Path>, options: SqliteOptions) -> Result<Self, LogError> {
        let path = path.as_ref().to_owned();
        let opening = spawn_blocking(move || {
            let (writer, published) = Writer::open(&path, &options)?;
            let readers = Arc::new(Readers::new(path, options.readers));
            Ok(Self { queue: Queue::start(writer)?, readers, published })
        });
        opening.await.map_err(fault::lost)?
    }

    /// Lets the file grow to `pages` pages of 4 KiB and no further: beyond it appends answer
    /// [`LogError::DiskFull`]. A bound below the present size stops the file where it is.
    pub async fn limit_pages(&self, pages: u32) -> Result<(), LogError> {
        self.queue.call(move |writer| writer.limit_pages(pages)).await
    }

    /// Copies the log as it stands to the new file `to`, and checks the copy from its first record to its
    /// last. Appends go on meanwhile. The copy opens as a log of the same generation.
    pub async fn backup(&self, to: &Path) -> Result<Verified, LogError> {
        let to = to.to_owned();
        self.readers.run(move |connection| backup::backup(connection, &to)).await
    }
}

impl Drop for SqliteLog {
    fn drop(&mut self) {
        self.readers.close();
        if let Some(writer) = self.queue.stop() {
            queue::join(writer);
        }
    }
}

#[async_trait]
impl Log for SqliteLog {
    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        self.queue.append(prepare(append)?).await
    }

    async fn read(&self, after: Position, limit: usize) -> Result<Vec<Record>, LogError> {
        self.readers.run(move |connection| read::records(connection, after, limit)).await
    }

    async fn read_stream(&self, stream: &StreamName, after: Version, limit: usize) -> Result<Vec<Record>, LogError> {
        let stream = stream.clone();
        self.readers.run(move |connection| read::stream(connection, &stream, after, limit)).await
    }

    async fn head(&self) -> Result<Head, LogError> {
        self.queue.check()?;
        Ok(self.published.stat().head)
    }

    async fn stat(&self) -> Result<Stat, LogError> {
        self.queue.check()?;
        Ok(self.published.stat())
    }

    fn watch(&self) -> watch::Receiver<Position> {
        self.published.position.subscribe()
    }

    async fn remembered(&self, command: Uuid) -> Result<Option<Remembered>, LogError> {
        self.readers.run(move |connection| read::remembered(connection, command)).await
    }

    async fn row(&self, space: &str, key: &[u8]) -> Result<Option<Bytes>, LogError> {
        let (space, key) = (space.to_owned(), key.to_owned());
        self.readers.run(move |connection| Ok(read::row(connection, &space, &key)?)).await
    }

    async fn rows_at(&self, space: &str, keys: &[Bytes]) -> Result<Vec<Option<Bytes>>, LogError> {
        let (space, keys) = (space.to_owned(), keys.to_vec());
        let look_up = move |connection: &Connection| {
            let values = keys.iter().map(|key| read::row(connection, &space, key));
            Ok(values.collect::<Result<_, _>>()?)
        };
        self.readers.run(look_up).await
    }

    async fn rows(&self, space: &str, after: Option<&[u8]>, limit: usize) -> Result<Vec<(Bytes, Bytes)>, LogError> {
        let (space, after) = (space.to_owned(), after.map(<[u8]>::to_owned));
        self.readers.run(move |connection| read::rows(connection, &space, after.as_deref(), limit)).await
    }

    async fn due_timers(&self, until: Timestamp, limit: usize) -> Result<Vec<Timer>, LogError> {
        let until = whole_micros(until);
        self.readers.run(move |connection| read::due_timers(connection, until, limit)).await
    }

    async fn next_timer(&self) -> Result<Option<Timestamp>, LogError> {
        self.readers.run(read::next_timer).await
    }

    async fn lease(&self, job: &str, holder: &str, ttl: Duration) -> Result<Option<Lease>, LogError> {
        lease::check_names(job, holder)?;
        let (job, holder) = (job.to_owned(), holder.to_owned());
        self.queue.call(move |writer| writer.lease(&job, &holder, ttl)).await
    }

    async fn release(&self, lease: &Lease) -> Result<(), LogError> {
        let lease = lease.clone();
        self.queue.call(move |writer| writer.release(&lease)).await
    }

    async fn leases(&self) -> Result<Vec<Lease>, LogError> {
        self.queue.call(|writer| Ok(writer.leases())).await
    }

    fn generation(&self) -> Generation {
        self.published.stat().head.generation
    }

    async fn generations(&self) -> Result<Vec<GenerationMark>, LogError> {
        self.readers.run(jobs::generations).await
    }

    async fn fork(&self, why: &str) -> Result<GenerationMark, LogError> {
        let why = why.to_owned();
        self.queue.call(move |writer| writer.fork(&why)).await
    }

    /// Empties the write-ahead log as well.
    async fn close(&self) -> Result<(), LogError> {
        self.readers.close();
        let writer = self.queue.stop();
        spawn_blocking(|| writer.map(queue::join)).await.map_err(fault::lost)?;
        Ok(())
    }
}

#[async_trait]
impl Movable for SqliteLog {
    async fn pour(&self, to: mpsc::Sender<Part>) -> Result<Head, LogError> {
        self.readers.run(move |connection| transfer::pour(connection, &to)).await
    }

    async fn fill(&self, mut from: mpsc::Receiver<Part>) -> Result<(), LogError> {
        self.queue.call(move |writer| writer.fill(&mut from)).await
    }
}
