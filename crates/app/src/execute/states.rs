//! The states of hot streams, in memory and bounded. Whatever is not here is folded from the log.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use quick_cache::sync::Cache;
use sandan_log::{Generation, Log, Position, StreamName, Version};

use crate::cqrs::{AnyState, FoldError, Kind, fold_on};
use crate::execute::durable::Durable;
use crate::refusal::Refusal;

/// Streams whose states stay in memory. A request with its review takes about a kilobyte.
const STATES_MAX: usize = 32_768;

/// Streams of which a state is kept that others have gone beyond. Those that several nodes write to all the time are few.
const EARLIER_MAX: usize = 1_024;

pub(crate) struct States {
    cache: Cache<StreamName, Entry>,
    /// What was certain once and is a part of the stream's history. Whoever wants the newest state goes on from there:
    /// a unit's stream grows with every request that it works on, and every node writes to it.
    earlier: Cache<StreamName, (AnyState, Version)>,
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
        Self { cache: Cache::new(STATES_MAX), earlier: Cache::new(EARLIER_MAX), log, generation }
    }

    /// The newest state this node knows, which may still be on its way into the log.
    pub async fn newest<K: Kind>(&self, stream: &StreamName) -> Result<Entry, Refusal> {
        match self.cache.get(stream) {
            Some(entry) if entry.durable.is_void() => self.drop_void(stream),
            Some(entry) => return Ok(entry),
            None => {}
        }
        let generation = self.generation();
        let (state, version) = self.read::<K>(stream).await.map_err(unreadable)?;
        let entry = Entry { state: K::shelve(state), version, durable: Durable::Yes };
        // What does not exist is not kept: anybody can ask for names that nobody has.
        if version > 0 && self.cache.peek(stream).is_none() && generation == self.generation() {
            self.cache.insert(stream.clone(), entry.clone());
        }
        Ok(entry)
    }

    /// From the log: the rest of what was known, or all.
    async fn read<K: Kind>(&self, stream: &StreamName) -> Result<(Arc<K::State>, Version), FoldError> {
        let earlier = self.earlier.remove(stream).map(|(_, earlier)| earlier);
        let known = earlier.and_then(|(state, version)| Some((K::take_down(&state)?.clone(), version)));
        let (mut state, mut version) = known.unwrap_or_default();
        let place = (Arc::make_mut(&mut state), &mut version);
        fold_on::<K>(&*self.log, stream, place, Version::MAX).await?;
        Ok((state, version))
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

    /// Streams whose states are in memory, at most [`STATES_MAX`] and [`EARLIER_MAX`].
    pub fn held(&self) -> usize {
        self.cache.len() + self.earlier.len()
    }

    /// Whether something of the stream is in memory.
    pub fn knows(&self, stream: &StreamName) -> bool {
        self.cache.peek(stream).is_some()
    }

    /// Keeps what was decided in `generation`, unless that has passed. Returns what was there before: should nothing come
    /// of it, that is still a beginning ([`States::keep_earlier`]).
    pub fn put(&self, stream: &StreamName, entry: Entry, generation: Generation) -> Option<Entry> {
        if generation != self.generation() {
            return None;
        }
        let before = self.cache.peek(stream);
        self.cache.insert(stream.clone(), entry);
        before
    }

    /// What is kept was read in `generation`. In a new one all of it goes: history forked, and what was read of the
    /// old one may not be in the new.
    /// Says whether it is another.
    pub fn enter(&self, generation: Generation) -> bool {
        let before = self.generation.swap(generation, Ordering::AcqRel);
        if before != generation {
            tracing::warn!(before, generation, "the log's history forked; what was read before is forgotten");
            self.cache.clear();
            self.earlier.clear();
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

    /// Drops a state that the log does not have.
    fn forget(&self, stream: &StreamName, version: Version) {
        self.cache.remove_if(stream, |entry| entry.version == version || entry.durable.is_void());
    }

    /// Drops a state that the log was seen to have left behind at `actual`.
    pub fn drop_older(&self, stream: &StreamName, actual: Version) {
        self.set_aside(stream, |entry| entry.version < actual);
    }

    /// Drops a state that is not the newest any more, or that nothing will come of. One that is in the log is as good a
    /// beginning as ever.
    fn set_aside(&self, stream: &StreamName, outdated: impl Fn(&Entry) -> bool) {
        let generation = self.generation();
        let dropped = self.cache.remove_if(stream, |entry| outdated(entry) || entry.durable.is_void());
        if let Some((stream, entry)) = dropped {
            self.keep_earlier(stream, entry, generation);
        }
    }

    /// Of this stream's history in `generation`, if it is certain.
    pub fn keep_earlier(&self, stream: StreamName, entry: Entry, generation: Generation) {
        if entry.version == 0 || !entry.durable.is_sure() {
            return;
        }
        self.earlier.insert(stream.clone(), (entry.state, entry.version));
        // History may have forked since the entry was taken out; then it came after all had been cleared.
        if generation != self.generation() {
            self.earlier.remove(&stream);
        }
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
                match own {
                    Some(_) => self.set_aside(stream, |entry| entry.version == version),
                    None => self.forget(stream, version),
                }
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
