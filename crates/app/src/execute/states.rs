//! The states of hot streams, in memory and bounded. Whatever is not here is folded from the log.

use std::sync::Arc;

use quick_cache::sync::Cache;
use sandan_log::{Log, StreamName, Version};
use tokio::sync::watch;

use crate::cqrs::{AnyState, FoldError, Kind, fold};
use crate::refusal::Refusal;

/// Streams whose states stay in memory. A request with its review takes about a kilobyte.
const STATES_MAX: usize = 32_768;

pub(crate) struct States {
    cache: Cache<StreamName, Entry>,
    log: Arc<dyn Log>,
}

/// A stream's state as far as this node knows it.
#[derive(Clone)]
pub(crate) struct Entry {
    pub state: AnyState,
    pub version: Version,
    pub durable: Durable,
}

/// Whether the append that led to a state is known to be in the log.
#[derive(Clone)]
pub(crate) enum Durable {
    Yes,
    /// Under way. The channel says `true` when it is done, and closes without a word when it failed.
    Soon(watch::Receiver<bool>),
}

impl Durable {
    /// Waits until the append is settled, one way or the other.
    pub async fn settled(&self) {
        if let Self::Soon(done) = self {
            // An error means that the append failed; whoever waited looks at the log in any case.
            _ = done.clone().wait_for(|done| *done).await;
        }
    }

    pub fn is_sure(&self) -> bool {
        match self {
            Self::Yes => true,
            Self::Soon(done) => *done.borrow(),
        }
    }
}

impl States {
    pub fn new(log: Arc<dyn Log>) -> Self {
        Self { cache: Cache::new(STATES_MAX), log }
    }

    /// The newest state this node knows, which may still be on its way into the log.
    pub async fn newest<K: Kind>(&self, stream: &StreamName) -> Result<Entry, Refusal> {
        if let Some(entry) = self.cache.get(stream) {
            return Ok(entry);
        }
        let (state, version) = fold::<K>(&*self.log, stream, Version::MAX).await.map_err(unreadable)?;
        let entry = Entry { state: K::shelve(Arc::new(state)), version, durable: Durable::Yes };
        // What does not exist is not kept: anybody can ask for names that nobody has.
        if version > 0 && self.cache.peek(stream).is_none() {
            self.cache.insert(stream.clone(), entry.clone());
        }
        Ok(entry)
    }

    /// The newest state that is certainly in the log.
    pub async fn certain<K: Kind>(&self, stream: &StreamName) -> Result<Entry, Refusal> {
        loop {
            let entry = self.newest::<K>(stream).await?;
            if entry.durable.is_sure() {
                return Ok(entry);
            }
            entry.durable.settled().await;
        }
    }

    pub fn put(&self, stream: &StreamName, entry: Entry) {
        self.cache.insert(stream.clone(), entry);
    }

    pub fn forget(&self, stream: &StreamName) {
        self.cache.remove(stream);
    }

    /// Waits until `durable` is settled and asks the log whether the stream really ends at `version`. If it
    /// does not (another node wrote, or an append failed) the state is forgotten.
    pub async fn confirm(&self, stream: &StreamName, version: Version, durable: &Durable) -> Result<bool, Refusal> {
        durable.settled().await;
        let from = version.saturating_sub(1);
        let records = self.log.read_stream(stream, from, 2).await?;
        let confirmed = match records.last() {
            Some(last) => last.version == version,
            None => version == 0,
        };
        if !confirmed {
            self.forget(stream);
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
