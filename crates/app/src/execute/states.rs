//! The states of hot streams, in memory and bounded. Whatever is not here is folded from the log.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use quick_cache::sync::Cache;
use sandan_log::{Generation, Log, Position, StreamName, Version};

use crate::cqrs::{AnyState, FoldError, Kind, fold};
use crate::execute::durable::Durable;
use crate::refusal::Refusal;

/// Streams whose states stay in memory. A request with its review takes about a kilobyte.
const STATES_MAX: usize = 32_768;

pub(crate) struct States {
    cache: Cache<StreamName, Entry>,
    log: Arc<dyn Log>,
    /// In which everything in the cache was read.
    generation: AtomicU32,
}

/// A stream's state as far as this node knows it.
#[derive(Clone)]
pub(crate) struct Entry {
    pub state: AnyState,
    pub version: Version,
    pub durable: Durable,
}

/// What a decision was based on.
#[derive(Clone)]
pub(crate) struct Seen {
    pub version: Version,
    pub durable: Durable,
}

impl Entry {
    pub fn seen(&self) -> Seen {
        Seen { version: self.version, durable: self.durable.clone() }
    }
}

impl States {
    pub fn new(log: Arc<dyn Log>) -> Self {
        let generation = AtomicU32::new(log.generation());
        Self { cache: Cache::new(STATES_MAX), log, generation }
    }

    /// The newest state this node knows, which may still be on its way into the log.
    pub async fn newest<K: Kind>(&self, stream: &StreamName) -> Result<Entry, Refusal> {
        match self.cache.get(stream) {
            Some(entry) if entry.durable.is_void() => self.drop_void(stream),
            Some(entry) => return Ok(entry),
            None => {}
        }
        let generation = self.generation();
        let (state, version) = fold::<K>(&*self.log, stream, Version::MAX).await.map_err(unreadable)?;
        let entry = Entry { state: K::shelve(Arc::new(state)), version, durable: Durable::Yes };
        // What does not exist is not kept: anybody can ask for names that nobody has.
        if version > 0 && self.cache.peek(stream).is_none() && generation == self.generation() {
            self.cache.insert(stream.clone(), entry.clone());
        }
        Ok(entry)
    }

    /// The newest state that is certainly in the log.
    pub async fn certain<K: Kind>(&self, stream: &StreamName) -> Result<Entry, Refusal> {
        loop {
            let entry = self.newest::<K>(stream).await?;
            entry.durable.settled().await;
            if entry.durable.is_sure() {
                return Ok(entry);
            }
        }
    }

    /// The same after a look at the log, for whoever is about to refuse something: another node may have written.
    pub async fn fresh<K: Kind>(&self, stream: &StreamName) -> Result<Entry, Refusal> {
        let entry = self.certain::<K>(stream).await?;
        // With the end of time as the head, anything newer counts.
        match self.confirm(&[(stream, entry.seen())], Position::MAX).await? {
            true => Ok(entry),
            false => self.certain::<K>(stream).await,
        }
    }

    /// Whether something of the stream is in memory.
    pub fn knows(&self, stream: &StreamName) -> bool {
        self.cache.peek(stream).is_some()
    }

    /// Keeps what was decided in `generation`, unless that has passed.
    pub fn put(&self, stream: &StreamName, entry: Entry, generation: Generation) {
        if generation == self.generation() {
            self.cache.insert(stream.clone(), entry);
        }
    }

    /// What is kept was read in `generation`. In a new one all of it goes: history forked, and what was read of the
    /// old one may not be in the new.
    /// Says whether it is another.
    pub fn enter(&self, generation: Generation) -> bool {
        let before = self.generation.swap(generation, Ordering::AcqRel);
        if before != generation {
            tracing::warn!(before, generation, "the log's history forked; what was read before is forgotten");
            self.cache.clear();
        }
        before != generation
    }

    fn generation(&self) -> Generation {
        self.generation.load(Ordering::Acquire)
    }

    /// Drops a state that nothing will come of. A newer one that does not hang on it stays.
    pub fn drop_void(&self, stream: &StreamName) {
        self.cache.remove_if(stream, |entry| entry.durable.is_void());
    }

    /// Drops a state that the log was seen to have left behind at `actual`.
    pub fn drop_older(&self, stream: &StreamName, actual: Version) {
        self.cache.remove_if(stream, |entry| entry.version < actual || entry.durable.is_void());
    }

    /// Whether all of these are in the log, and were the last of their streams at one moment, when the log ended at
    /// `head` or later. Waits until that can be said. What was not (another node wrote, or an append failed) is dropped.
    pub async fn confirm(&self, seen: &[(&StreamName, Seen)], head: Position) -> Result<bool, Refusal> {
        let mut places = Vec::with_capacity(seen.len());
        for (stream, Seen { version, durable }) in seen {
            durable.settled().await;
            let records = self.log.read_stream(stream, version.saturating_sub(1), 2).await?;
            let own = records.iter().find(|record| record.version == *version).map(|record| record.position);
            let own = if *version == 0 { Some(0) } else { own };
            let next = records.iter().find(|record| record.version > *version).map(|record| record.position);
            places.push((*stream, *version, own.filter(|_| durable.is_sure()), next));
        }
        // States that were read one after the other may never have been together: not before the youngest was there.
        let moment = places.iter().filter_map(|(_, _, own, _)| *own).fold(head, Position::max);
        let mut confirmed = true;
        for (stream, version, own, next) in places {
            if own.is_none() || next.is_some_and(|next| next <= moment) {
                self.cache.remove_if(stream, |entry| entry.version == version || entry.durable.is_void());
                confirmed = false;
            }
        }
        Ok(confirmed)
    }
}

pub(crate) fn unreadable(error: FoldError) -> Refusal {
    match error {
        FoldError::Log(error) => error.into(),
        FoldError::Decode { position, source } => {
            tracing::error!(position, error = %source, "a record can't be read");
            Refusal::Failed(format!("read position {position}: {source}"))
        }
    }
}
