//! The log in memory: for tests, and as the plain model that the other backends are compared with.
//! It keeps nothing when the program ends.

mod query;
mod state;

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use tokio::sync::watch;
use uuid::Uuid;

use crate::clock::{self, Clock};
use crate::prepare::prepare;
use crate::{
    Append, AppendError, Appended, Generation, Head, Log, LogError, Position, Record, Remembered, Stat, StreamName,
    Timer, Version,
};
use state::State;

/// A log that lives as long as the value.
pub struct MemoryLog {
    state: Mutex<State>,
    position: watch::Sender<Position>,
    clock: Clock,
}

impl MemoryLog {
    /// An empty log on the wall clock.
    pub fn new() -> Self {
        Self::with_clock(clock::wall())
    }

    /// An empty log that records the times of `clock`.
    pub fn with_clock(clock: Clock) -> Self {
        Self { state: Mutex::default(), position: watch::Sender::new(0), clock }
    }

    /// Begins a new generation, as after a restored backup, and returns its number.
    pub fn raise_generation(&self) -> Generation {
        let mut state = self.state();
        state.generation += 1;
        state.generation
    }

    /// A state is changed only after all checks, so one that was left by a panic is whole.
    fn state(&self) -> MutexGuard<'_, State> {
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
        let prepared = prepare(append)?;
        let now = (self.clock)();
        let mut state = self.state();
        let appended = state.append(prepared, now)?;
        let head = state.head().position;
        self.position.send_if_modified(|position| std::mem::replace(position, head) != head);
        Ok(appended)
    }

    async fn read(&self, after: Position, limit: usize) -> Result<Vec<Record>, LogError> {
        let state = self.state();
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        Ok(state.records.iter().skip(after).take(limit).cloned().collect())
    }

    async fn read_stream(&self, stream: &StreamName, after: Version, limit: usize) -> Result<Vec<Record>, LogError> {
        let state = self.state();
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        let places = state.streams.get(stream).into_iter().flatten();
        Ok(places.skip(after).take(limit).map(|place| state.records[*place].clone()).collect())
    }

    async fn head(&self) -> Result<Head, LogError> {
        Ok(self.state().head())
    }

    async fn stat(&self) -> Result<Stat, LogError> {
        let state = self.state();
        let head = state.head();
        Ok(Stat { head, events: head.position, streams: state.streams.len() as u64 })
    }

    fn watch(&self) -> watch::Receiver<Position> {
        self.position.subscribe()
    }

    async fn remembered(&self, command: Uuid) -> Result<Option<Remembered>, LogError> {
        Ok(self.state().remembered(command))
    }

    async fn row(&self, space: &str, key: &[u8]) -> Result<Option<Bytes>, LogError> {
        Ok(self.state().row(space, key))
    }

    async fn rows(&self, space: &str, after: Option<&[u8]>, limit: usize) -> Result<Vec<(Bytes, Bytes)>, LogError> {
        Ok(self.state().rows(space, after, limit))
    }

    async fn due_timers(&self, until: Timestamp, limit: usize) -> Result<Vec<Timer>, LogError> {
        Ok(self.state().due_timers(clock::whole_micros(until), limit))
    }

    async fn next_timer(&self) -> Result<Option<Timestamp>, LogError> {
        Ok(self.state().next_timer())
    }
}
