//! After five wrong passwords in a quarter of an hour an account waits. Stored, so that a restart forgets nothing.

use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, MutexGuard};

use crate::accounts::Accounts;
use crate::accounts::error::Unavailable;
use crate::accounts::rows::{delete, put};

/// Rows from an account's name to its wrong passwords.
const LOCKOUTS: &str = "lockout";
/// Wrong passwords until an account waits.
const FAILURES_MAX: usize = 5;
/// Within what time, and how long it waits.
const WINDOW: SignedDuration = SignedDuration::from_mins(15);
/// Names that nobody has are counted in memory only, so that guessing names can't fill the log.
const STRANGERS_MAX: usize = 4_096;
const STRIPES: usize = 64;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Failures {
    at: Vec<Timestamp>,
    until: Option<Timestamp>,
}

pub(super) struct Lockouts {
    strangers: quick_cache::sync::Cache<String, Failures>,
    /// Passwords for one name are tried one after the other: many at once would be counted as one.
    turns: Box<[Mutex<()>]>,
}

impl Lockouts {
    pub fn new() -> Self {
        let turns = (0..STRIPES).map(|_| Mutex::new(())).collect();
        Self { strangers: quick_cache::sync::Cache::new(STRANGERS_MAX), turns }
    }

    pub async fn turn(&self, name: &str) -> MutexGuard<'_, ()> {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        // The remainder is below STRIPES, so it fits.
        self.turns[(hasher.finish() % STRIPES as u64) as usize].lock().await
    }
}

impl Failures {
    pub fn locked_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.until.filter(|until| now < *until)
    }

    fn add(&mut self, now: Timestamp) {
        self.at.retain(|at| at.duration_until(now) < WINDOW);
        self.at.push(now);
        if self.at.len() >= FAILURES_MAX {
            self.at.clear();
            self.until = now.checked_add(WINDOW).ok();
        }
    }
}

impl Accounts {
    pub(super) async fn failures(&self, name: &str, exists: bool) -> Result<Failures, Unavailable> {
        if exists {
            return Ok(self.rows.get(LOCKOUTS, name.as_bytes()).await?.unwrap_or_default());
        }
        Ok(self.lockouts.strangers.get(name).unwrap_or_default())
    }

    pub(super) async fn failed(&self, name: &str, exists: bool, mut failures: Failures) -> Result<(), Unavailable> {
        failures.add(self.clock.now());
        if exists {
            self.rows.change(vec![put(LOCKOUTS, name.as_bytes(), &failures)?]).await?;
        } else {
            self.lockouts.strangers.insert(name.to_owned(), failures);
        }
        Ok(())
    }

    pub(super) async fn succeeded(&self, name: &str, failures: &Failures) -> Result<(), Unavailable> {
        if *failures != Failures::default() {
            self.rows.change(vec![delete(LOCKOUTS, name.as_bytes())]).await?;
        }
        Ok(())
    }
}
