//! The log in memory: for tests, and as the plain model that the other backends are compared with.
//! It keeps nothing when the program ends.

mod query;
mod state;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use tokio::sync::watch;
use uuid::Uuid;

use crate::clock::{self, Clock};
use crate::prepare::prepare;
use crate::{
    Append, AppendError, Appended, Generation, GenerationMark, Head, Lease, Log, LogError, Position, Record,
    Remembered, Stat, StreamName, Timer, Version, fate, lease,
};
use state::State;

/// A log that lives as long as the value.
pub struct MemoryLog {
    state: Mutex<State>,
    position: watch::Sender<Position>,
    clock: Clock,
    closed: AtomicBool,
}

impl MemoryLog {
    /// An empty log on the wall clock.
    pub fn new() -> Self {
        Self::with_clock(clock::wall())
    }

    /// An empty log that records the times of `clock`.
    pub fn with_clock(clock: Clock) -> Self {
        Self { state: Mutex::default(), position: watch::Sender::new(0), clock, closed: AtomicBool::new(false) }
    }

    fn append_now(&self, append: Append) -> Result<Appended, AppendError> {
        fate::check(&append)?;
        let prepared = prepare(append)?;
        let now = (self.clock)();
        let mut state = self.state()?;
        let appended = state.append(prepared, now)?;
        let head = state.head().position;
        self.position.send_if_modified(|position| std::mem::replace(position, head) != head);
        Ok(appended)
    }

    /// The state, until the log is closed.
    fn state(&self) -> Result<MutexGuard<'_, State>, LogError> {
        match self.closed.load(Ordering::Acquire) {
            true => Err(LogError::Closed),
            false => Ok(self.lock()),
        }
    }

    /// A state is changed only after all checks, so one that was left by a panic is whole.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for MemoryLog {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Log for MemoryLog {
    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        let fate = append.fate.clone();
        let answer = self.append_now(append);
        fate.settle(&answer);
        answer
    }

    async fn read(&self, after: Position, limit: usize) -> Result<Vec<Record>, LogError> {
        let state = self.state()?;
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        Ok(state.records.iter().skip(after).take(limit).cloned().collect())
    }

    async fn read_stream(&self, stream: &StreamName, after: Version, limit: usize) -> Result<Vec<Record>, LogError> {
        let state = self.state()?;
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        let places = state.streams.get(stream).into_iter().flatten();
        Ok(places.skip(after).take(limit).map(|place| state.records[*place].clone()).collect())
    }

    async fn head(&self) -> Result<Head, LogError> {
        Ok(self.state()?.head())
    }

    async fn stat(&self) -> Result<Stat, LogError> {
        let state = self.state()?;
        let head = state.head();
        Ok(Stat { head, events: head.position, streams: state.streams.len() as u64 })
    }

    fn watch(&self) -> watch::Receiver<Position> {
        self.position.subscribe()
    }

    async fn remembered(&self, command: Uuid) -> Result<Option<Remembered>, LogError> {
        Ok(self.state()?.remembered(command))
    }

    async fn row(&self, space: &str, key: &[u8]) -> Result<Option<Bytes>, LogError> {
        Ok(self.state()?.row(space, key))
    }

    async fn rows(&self, space: &str, after: Option<&[u8]>, limit: usize) -> Result<Vec<(Bytes, Bytes)>, LogError> {
        Ok(self.state()?.rows(space, after, limit))
    }

    async fn due_timers(&self, until: Timestamp, limit: usize) -> Result<Vec<Timer>, LogError> {
        Ok(self.state()?.due_timers(clock::whole_micros(until), limit))
    }

    async fn next_timer(&self) -> Result<Option<Timestamp>, LogError> {
        Ok(self.state()?.next_timer())
    }

    async fn lease(&self, job: &str, holder: &str, ttl: Duration) -> Result<Option<Lease>, LogError> {
        lease::check_names(job, holder)?;
        let mut state = self.state()?;
        let offer = state.leases.offer(job, holder, ttl, state.generation());
        offer.iter().for_each(|lease| state.leases.keep(lease.clone()));
        Ok(offer)
    }

    async fn release(&self, lease: &Lease) -> Result<(), LogError> {
        self.state()?.leases.release(lease);
        Ok(())
    }

    async fn leases(&self) -> Result<Vec<Lease>, LogError> {
        Ok(self.state()?.leases.alive())
    }

    fn generation(&self) -> Generation {
        self.lock().generation()
    }

    async fn generations(&self) -> Result<Vec<GenerationMark>, LogError> {
        Ok(self.state()?.generations.clone())
    }

    async fn fork(&self, why: &str) -> Result<GenerationMark, LogError> {
        Ok(self.state()?.fork(why))
    }

    async fn close(&self) -> Result<(), LogError> {
        self.closed.store(true, Ordering::Release);
        Ok(())
    }
}
