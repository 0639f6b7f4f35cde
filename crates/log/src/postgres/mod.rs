//! The log in a Postgres database that several nodes share.
//!
//! One task of a node appends ([`writer`]): it takes what is waiting as one batch and one call of the database's
//! function, so many callers share one commit. The function (`migrations/postgres`) does what must happen one
//! after the other under one lock: it checks each append, numbers what is accepted and chains its hashes. Reading
//! happens on connections of its own ([`readers`]); what other nodes append is looked for ([`look_out`]).

mod address;
mod answers;
mod call;
mod columns;
mod connect;
mod decode;
mod fault;
mod gather;
mod inspect;
mod jobs;
mod linger;
mod look_out;
mod options;
mod queue;
mod read;
mod readers;
mod schema;
mod seen;
mod texts;
mod tls;
mod transfer;
mod writer;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::clock::whole_micros;
use crate::prepare::prepare;
use crate::{
    Append, AppendError, Appended, Generation, GenerationMark, Head, Lease, Log, LogError, Movable, Part, Position,
    Record, Remembered, Stat, StreamName, Timer, Version, lease,
};
use address::Address;
pub use inspect::Inspection;
pub use options::PostgresOptions;
use queue::Queue;
use readers::Readers;
use seen::Seen;
use writer::Writer;

/// A log in a database. Several programs may have it open at once.
///
/// While the database is away appends and reads wait for it, up to [`PostgresOptions::patience`]. An append that
/// fails with [`LogError::Unreachable`] may have been accepted all the same, if the connection broke in the middle:
/// ask [`Log::remembered`], or append the same command again. Where the answer to an accepted append got lost on
/// its way, the caller gets its receipt as that of a repeat.
///
/// A server with another history (a promoted standby, a restored copy) is noticed when it is first connected to, for
/// reading too, or appended to, and begins a new generation. The look-out for other nodes' appends connects at once when
/// its server is gone, so that an idle node notices as soon as a busy one.
pub struct PostgresLog {
    address: Arc<Address>,
    queue: Queue,
    writer: Mutex<Option<JoinHandle<()>>>,
    readers: Arc<Readers>,
    seen: Arc<Seen>,
    nudge: Arc<Notify>,
}

impl PostgresLog {
    /// Opens the log at `url`, `postgres://user:password@host:port/database?sslmode=…`, making or updating its
    /// tables in the schema `sandan`. Several hosts, separated by commas: whichever takes writes is used.
    ///
    /// The error says what is wrong with the server: see the variants of [`LogError`].
    pub async fn open(url: &str, options: PostgresOptions) -> Result<Self, LogError> {
        let address = Arc::new(Address::parse(url)?);
        let mut client = connect::connect(&address).await?;
        schema::migrate(&mut client, &address).await?;
        let seen = Arc::new(Seen::new(read::enter(&client).await?));
        let readers = Arc::new(Readers::new(&address, options.readers, options.patience)?);
        let look_out = options.look_out;
        let writer = Writer::new(address.clone(), options, seen.clone(), client).await?;
        let nudge = Arc::new(Notify::new());
        tokio::spawn(look_out::look_out(readers.clone(), seen.clone(), nudge.clone(), look_out));
        let (queue, waiting) = Queue::new();
        let writer = tokio::spawn(writer.run(waiting));
        Ok(Self { address, queue, writer: Mutex::new(Some(writer)), readers, seen, nudge })
    }
}

impl PostgresLog {
    /// Asks the server at `url` about itself; changes nothing there.
    pub async fn inspect(url: &str) -> Result<Inspection, LogError> {
        inspect::inspect(url).await
    }
}

impl Drop for PostgresLog {
    /// What was accepted is still written, as long as the runtime goes on.
    fn drop(&mut self) {
        self.queue.stop();
        self.readers.close();
        self.nudge.notify_one();
    }
}

#[async_trait]
impl Log for PostgresLog {
    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        let prepared = prepare(append)?;
        texts::check(&prepared.append)?;
        self.queue.append(prepared).await
    }

    async fn read(&self, after: Position, limit: usize) -> Result<Vec<Record>, LogError> {
        read::records(&self.readers, after, limit).await
    }

    async fn read_stream(&self, stream: &StreamName, after: Version, limit: usize) -> Result<Vec<Record>, LogError> {
        read::stream(&self.readers, stream, after, limit).await
    }

    async fn head(&self) -> Result<Head, LogError> {
        Ok(self.stat().await?.head)
    }

    async fn stat(&self) -> Result<Stat, LogError> {
        self.queue.check()?;
        let stat = read::stat(&self.readers).await?;
        self.seen.publish(stat.head);
        Ok(stat)
    }

    fn watch(&self) -> watch::Receiver<Position> {
        self.seen.position.subscribe()
    }

    fn nudge(&self) {
        self.nudge.notify_one();
    }

    async fn remembered(&self, command: Uuid) -> Result<Option<Remembered>, LogError> {
        read::remembered(&self.readers, command).await
    }

    async fn row(&self, space: &str, key: &[u8]) -> Result<Option<Bytes>, LogError> {
        Ok(read::rows_at(&self.readers, space, &[key]).await?.pop().flatten())
    }

    async fn rows_at(&self, space: &str, keys: &[Bytes]) -> Result<Vec<Option<Bytes>>, LogError> {
        let keys: Vec<&[u8]> = keys.iter().map(|key| &key[..]).collect();
        read::rows_at(&self.readers, space, &keys).await
    }

    async fn rows(&self, space: &str, after: Option<&[u8]>, limit: usize) -> Result<Vec<(Bytes, Bytes)>, LogError> {
        read::rows(&self.readers, space, after, limit).await
    }

    async fn due_timers(&self, until: Timestamp, limit: usize) -> Result<Vec<Timer>, LogError> {
        read::due_timers(&self.readers, whole_micros(until), limit).await
    }

    async fn next_timer(&self) -> Result<Option<Timestamp>, LogError> {
        read::next_timer(&self.readers).await
    }

    async fn lease(&self, job: &str, holder: &str, ttl: Duration) -> Result<Option<Lease>, LogError> {
        lease::check_names(job, holder)?;
        jobs::lease(&self.readers, job, holder, ttl).await
    }

    async fn release(&self, lease: &Lease) -> Result<(), LogError> {
        jobs::release(&self.readers, lease).await
    }

    async fn leases(&self) -> Result<Vec<Lease>, LogError> {
        jobs::leases(&self.readers).await
    }

    fn generation(&self) -> Generation {
        self.seen.generation()
    }

    async fn generations(&self) -> Result<Vec<GenerationMark>, LogError> {
        jobs::generations(&self.readers).await
    }

    async fn fork(&self, why: &str) -> Result<GenerationMark, LogError> {
        let mark = jobs::fork(&self.readers, why).await?;
        self.stat().await?;
        Ok(mark)
    }

    async fn close(&self) -> Result<(), LogError> {
        self.queue.stop();
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = writer
            && writer.await.is_err()
        {
            tracing::error!("the log's writer ended in a panic");
        }
        self.readers.close();
        self.nudge.notify_one();
        Ok(())
    }
}

#[async_trait]
impl Movable for PostgresLog {
    async fn pour(&self, to: mpsc::Sender<Part>) -> Result<Head, LogError> {
        transfer::pour(&mut connect::connect(&self.address).await?, &to).await
    }

    async fn fill(&self, mut from: mpsc::Receiver<Part>) -> Result<(), LogError> {
        transfer::fill(&mut connect::connect(&self.address).await?, &mut from).await?;
        self.stat().await.map(|_| ())
    }
}

/// The database counts in signed numbers; one beyond them means "all" or "after everything" just as well.
fn number<F: TryInto<T>, T: Greatest>(number: F) -> T {
    number.try_into().unwrap_or(T::GREATEST)
}

trait Greatest {
    const GREATEST: Self;
}

impl Greatest for i64 {
    const GREATEST: Self = Self::MAX;
}

impl Greatest for i32 {
    const GREATEST: Self = Self::MAX;
}
