//! A log that fails when it is told to.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use sandan_log::{
    Append, AppendError, Appended, Generation, GenerationMark, Head, Lease, Log, LogError, MemoryLog, Position, Record,
    Remembered, Stat, StreamName, Timer, Version,
};
use tokio::sync::watch;
use uuid::Uuid;

#[derive(Default)]
pub struct FaultyLog {
    log: MemoryLog,
    fault: Mutex<Option<LogError>>,
    reads: AtomicUsize,
}

impl FaultyLog {
    /// Every read fails from now on, or works again.
    pub fn fail(&self, fault: Option<LogError>) {
        *self.fault.lock().unwrap() = fault;
    }

    /// How often it was read, with and without success.
    pub fn reads(&self) -> usize {
        self.reads.load(Ordering::Relaxed)
    }
}

#[async_trait]
impl Log for FaultyLog {
    async fn read(&self, after: Position, limit: usize) -> Result<Vec<Record>, LogError> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        let fault = self.fault.lock().unwrap().clone();
        match fault {
            Some(fault) => Err(fault),
            None => self.log.read(after, limit).await,
        }
    }

    fn watch(&self) -> watch::Receiver<Position> {
        self.log.watch()
    }

    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        self.log.append(append).await
    }

    async fn read_stream(&self, stream: &StreamName, after: Version, limit: usize) -> Result<Vec<Record>, LogError> {
        self.log.read_stream(stream, after, limit).await
    }

    async fn head(&self) -> Result<Head, LogError> {
        self.log.head().await
    }

    async fn stat(&self) -> Result<Stat, LogError> {
        self.log.stat().await
    }

    async fn remembered(&self, command: Uuid) -> Result<Option<Remembered>, LogError> {
        self.log.remembered(command).await
    }

    async fn row(&self, space: &str, key: &[u8]) -> Result<Option<Bytes>, LogError> {
        self.log.row(space, key).await
    }

    async fn rows(&self, space: &str, after: Option<&[u8]>, limit: usize) -> Result<Vec<(Bytes, Bytes)>, LogError> {
        self.log.rows(space, after, limit).await
    }

    async fn due_timers(&self, until: Timestamp, limit: usize) -> Result<Vec<Timer>, LogError> {
        self.log.due_timers(until, limit).await
    }

    async fn next_timer(&self) -> Result<Option<Timestamp>, LogError> {
        self.log.next_timer().await
    }

    async fn lease(&self, job: &str, holder: &str, ttl: Duration) -> Result<Option<Lease>, LogError> {
        self.log.lease(job, holder, ttl).await
    }

    async fn release(&self, lease: &Lease) -> Result<(), LogError> {
        self.log.release(lease).await
    }

    async fn leases(&self) -> Result<Vec<Lease>, LogError> {
        self.log.leases().await
    }

    fn generation(&self) -> Generation {
        self.log.generation()
    }

    async fn generations(&self) -> Result<Vec<GenerationMark>, LogError> {
        self.log.generations().await
    }

    async fn fork(&self, why: &str) -> Result<GenerationMark, LogError> {
        self.log.fork(why).await
    }

    async fn close(&self) -> Result<(), LogError> {
        self.log.close().await
    }
}
