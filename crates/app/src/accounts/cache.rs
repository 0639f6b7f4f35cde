//! What was read a moment ago: bounded, and short enough that another node's revocation is seen soon.

use std::sync::Arc;
use std::time::{Duration, Instant};

/// Entries that are kept.
const ENTRIES_MAX: usize = 10_000;
/// How long one is believed.
const BELIEVED: Duration = Duration::from_secs(5);

type Key = [u8; 32];

pub(super) struct Cache<T>(quick_cache::sync::Cache<Key, (Instant, Arc<T>)>);

impl<T> Cache<T> {
    pub fn new() -> Self {
        Self(quick_cache::sync::Cache::new(ENTRIES_MAX))
    }

    pub fn get(&self, key: &Key) -> Option<Arc<T>> {
        let (read, value) = self.0.get(key)?;
        (read.elapsed() < BELIEVED).then_some(value)
    }

    pub fn put(&self, key: Key, value: Arc<T>) {
        self.0.insert(key, (Instant::now(), value));
    }

    pub fn forget(&self, key: &Key) {
        self.0.remove(key);
    }

    /// Forgets everything, where something changed that many entries may hang on.
    pub fn clear(&self) {
        self.0.clear();
    }
}
