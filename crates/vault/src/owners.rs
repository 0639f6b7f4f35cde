//! The keys that one batch of texts needs: whose they are first, then one lookup for all that are not cached.

use std::collections::HashMap;

use sandan_domain::PersonId;
use sandan_log::{LogError, RowChange};

use crate::error::VaultError;
use crate::key::Key;
use crate::keyring::{Keyring, Stored};

/// The owners of a batch's texts and, after a lookup, their keys.
pub(crate) struct Owners<'a> {
    ring: &'a Keyring,
    keys: HashMap<PersonId, Option<Key>>,
    missing: Vec<PersonId>,
}

impl<'a> Owners<'a> {
    pub fn new(ring: &'a Keyring) -> Self {
        Self { ring, keys: HashMap::new(), missing: Vec::new() }
    }

    pub fn add(&mut self, person: PersonId) {
        if !self.keys.contains_key(&person) {
            let key = self.ring.cached(person);
            if key.is_none() {
                self.missing.push(person);
            }
            self.keys.insert(person, key);
        }
    }

    /// Looks up what is missing; who has no key that can be read stays without.
    pub async fn look_up(&mut self) -> Result<(), LogError> {
        if self.missing.is_empty() {
            return Ok(());
        }
        let missing = std::mem::take(&mut self.missing);
        let stored = self.ring.stored(&missing).await?;
        for (person, stored) in missing.into_iter().zip(stored) {
            match stored {
                Stored::Key(key) => _ = self.keys.insert(person, Some(key)),
                Stored::Locked => {
                    tracing::warn!(%person, "a person's key can't be unwrapped; is it the right master key?")
                }
                Stored::None => {}
            }
        }
        Ok(())
    }

    /// Makes a key for somebody who is missing, without looking; answers with its row.
    pub fn make(&mut self, person: PersonId) -> Result<Option<RowChange>, VaultError> {
        let Some(place) = self.missing.iter().position(|missing| *missing == person) else { return Ok(None) };
        let (key, row) = self.ring.fresh(person)?;
        self.missing.swap_remove(place);
        self.keys.insert(person, Some(key));
        Ok(Some(row))
    }

    /// Looks up what is missing and makes a key for whoever has none. Answers with the rows of the new keys.
    pub async fn look_up_or_make(&mut self) -> Result<Vec<RowChange>, VaultError> {
        let mut rows = Vec::new();
        if self.missing.is_empty() {
            return Ok(rows);
        }
        let missing = std::mem::take(&mut self.missing);
        let stored = self.ring.stored(&missing).await?;
        for (person, stored) in missing.into_iter().zip(stored) {
            let key = match stored {
                Stored::Key(key) => key,
                Stored::Locked => return Err(VaultError::Locked(person)),
                Stored::None => {
                    let (key, row) = self.ring.fresh(person)?;
                    rows.push(row);
                    key
                }
            };
            self.keys.insert(person, Some(key));
        }
        Ok(rows)
    }

    pub fn key(&self, person: PersonId) -> Option<&Key> {
        self.keys.get(&person)?.as_ref()
    }
}
