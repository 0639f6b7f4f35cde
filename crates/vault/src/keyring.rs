//! The persons' keys: wrapped rows in the log, and a bounded cache of unwrapped ones before it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bytes::Bytes;
use quick_cache::sync::Cache;
use sandan_domain::PersonId;
use sandan_log::{Log, LogError, RowChange};
use uuid::Uuid;

use crate::error::VaultError;
use crate::key::{KEY_BYTES, Key, OVERHEAD_BYTES};

/// Space of the log's rows from a person's id to their wrapped key.
pub const PERSON_KEY: &str = "person_key";

/// Keys kept unwrapped, about 100 bytes each.
const KEYS_CACHED_MAX: usize = 65_536;
/// Forgotten persons kept in mind, far more than can be forgotten while one lookup or append is under way.
const FORGOTTEN_KEPT_MAX: usize = 4_096;
/// First byte of a wrapped key: how it is wrapped.
const WRAPPING: u8 = 1;

pub(crate) struct Keyring {
    log: Arc<dyn Log>,
    wrapping: Key,
    cache: Cache<PersonId, Key>,
    /// In which everything in the cache was read: another history may hold another key of the same person, or none.
    generation: AtomicU32,
    /// A lookup that began before a person was forgotten must not bring their key back into the cache. So
    /// whoever was forgotten lately is not cached at all: every use asks the log.
    forgotten: Cache<PersonId, ()>,
}

impl Keyring {
    pub fn new(log: Arc<dyn Log>, wrapping: Key) -> Self {
        let (generation, forgotten) = (AtomicU32::new(log.generation()), Cache::new(FORGOTTEN_KEPT_MAX));
        Self { log, wrapping, cache: Cache::new(KEYS_CACHED_MAX), generation, forgotten }
    }

    pub fn cached(&self, person: PersonId) -> Option<Key> {
        let generation = self.log.generation();
        if self.generation.swap(generation, Ordering::AcqRel) != generation {
            self.cache.clear();
        }
        self.cache.get(&person)
    }

    /// The keys that the log holds, in the order asked for; `Locked` where a row can't be unwrapped.
    pub async fn stored(&self, persons: &[PersonId]) -> Result<Vec<Stored>, LogError> {
        let rows = rows_at(&*self.log, persons).await?;
        Ok(persons.iter().zip(rows).map(|(person, row)| self.unwrap_and_cache(*person, row.as_deref())).collect())
    }

    /// A new key and the row that keeps it. It is not cached: the row may never be written.
    pub fn fresh(&self, person: PersonId) -> Result<(Key, RowChange), VaultError> {
        let key = Key::random();
        let value = self.wrapped(person, &key)?;
        Ok((key, RowChange::Claim { space: PERSON_KEY, key: row_key(person), value }))
    }

    /// What stands in a person's row.
    pub fn wrapped(&self, person: PersonId, key: &Key) -> Result<Bytes, VaultError> {
        let mut value = Vec::with_capacity(1 + KEY_BYTES + OVERHEAD_BYTES);
        value.push(WRAPPING);
        self.wrapping.seal(person.0.as_bytes(), key.as_bytes(), &mut value)?;
        Ok(value.into())
    }

    /// Caches the keys of rows that were written.
    pub fn adopt(&self, rows: &[RowChange]) {
        for row in rows {
            if let RowChange::Claim { space: PERSON_KEY, key, value } = row
                && let Ok(id) = Uuid::from_slice(key)
            {
                self.unwrap_and_cache(PersonId(id), Some(value));
            }
        }
    }

    pub fn forget_cached(&self, person: PersonId) {
        self.forgotten.insert(person, ());
        self.cache.remove(&person);
    }

    fn unwrap_and_cache(&self, person: PersonId, row: Option<&[u8]>) -> Stored {
        let Some(row) = row else { return Stored::None };
        let Some(key) = self.unwrap(person, row) else { return Stored::Locked };
        self.cache.insert(person, key.clone());
        // Looked at after the insertion: whoever forgets meanwhile either is seen here or removes it there.
        if self.forgotten.contains_key(&person) {
            self.cache.remove(&person);
        }
        Stored::Key(key)
    }

    /// The key in a person's row, if this master key wrapped it.
    pub fn unwrap(&self, person: PersonId, row: &[u8]) -> Option<Key> {
        let sealed = row.strip_prefix(&[WRAPPING])?;
        let mut sealed = <[u8; KEY_BYTES + OVERHEAD_BYTES]>::try_from(sealed).ok()?;
        let key = self.wrapping.open(person.0.as_bytes(), &mut sealed)?;
        key.try_into().ok().map(Key::new)
    }
}

/// What the log says about a person's key.
pub(crate) enum Stored {
    Key(Key),
    /// Never seen, or forgotten.
    None,
    /// There is a row, but not one that this master key wrote.
    Locked,
}

/// The row that deletes a person's key.
pub(crate) fn forgetting(person: PersonId) -> RowChange {
    RowChange::Delete { space: PERSON_KEY, key: row_key(person) }
}

fn row_key(person: PersonId) -> Bytes {
    Bytes::copy_from_slice(person.0.as_bytes())
}

/// The only place that asks the log for key rows.
async fn rows_at(log: &dyn Log, persons: &[PersonId]) -> Result<Vec<Option<Bytes>>, LogError> {
    let keys: Vec<Bytes> = persons.iter().copied().map(row_key).collect();
    log.rows_at(PERSON_KEY, &keys).await
}
