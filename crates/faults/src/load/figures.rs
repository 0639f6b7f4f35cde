//! How much was done, for whoever watches.

use std::sync::atomic::{AtomicU64, Ordering};

use serde::Serialize;

/// Counted while it runs.
#[derive(Debug, Default)]
pub struct Figures {
    pub(super) acknowledged: AtomicU64,
    pub(super) refused: AtomicU64,
    pub(super) tries_more: AtomicU64,
    pub(super) failures: AtomicU64,
    pub(super) reads: AtomicU64,
    pub(super) stories: AtomicU64,
}

/// The same, at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub acknowledged: u64,
    pub refused: u64,
    /// Tries beyond the first of a command.
    pub tries_more: u64,
    /// Answers that say that the program failed (500).
    pub failures: u64,
    /// Reads after a position.
    pub reads: u64,
    pub stories: u64,
}

impl Figures {
    pub fn counts(&self) -> Counts {
        let of = |number: &AtomicU64| number.load(Ordering::Relaxed);
        Counts {
            acknowledged: of(&self.acknowledged),
            refused: of(&self.refused),
            tries_more: of(&self.tries_more),
            failures: of(&self.failures),
            reads: of(&self.reads),
            stories: of(&self.stories),
        }
    }
}

pub(super) fn one_more(number: &AtomicU64) {
    number.fetch_add(1, Ordering::Relaxed);
}
