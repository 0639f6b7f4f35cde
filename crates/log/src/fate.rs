//! What becomes of an append, for those that were decided on what it would leave behind.
//!
//! Versions alone don't say it. Where an append is refused because another node was first, the other node's event has
//! the very version that was hoped for, and a decision that was made on the hope would pass.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use crate::append::{Append, Appended};
use crate::error::AppendError;

const OPEN: u8 = 0;
const WRITTEN: u8 = 1;
const VOID: u8 = 2;

/// Shared by an append and those upon it. Once it is settled it stays so; the log settles it before it looks at any
/// append that was given to it later.
#[derive(Clone, Debug, Default)]
pub struct Fate(Arc<AtomicU8>);

impl Fate {
    /// Nothing was written, or nobody knows.
    pub fn is_void(&self) -> bool {
        self.0.load(Ordering::Acquire) == VOID
    }

    /// Whoever appends does not wait any more: nothing is to be built on it, whatever becomes of it.
    pub fn give_up(&self) {
        self.change(VOID);
    }

    /// A repeat wrote nothing now: what was hoped for is not there, or stands elsewhere.
    pub(crate) fn settle(&self, answer: &Result<Appended, AppendError>) {
        let is_written = answer.as_ref().is_ok_and(|appended| !appended.replayed);
        self.change(if is_written { WRITTEN } else { VOID });
    }

    fn change(&self, to: u8) {
        // The first word holds.
        _ = self.0.compare_exchange(OPEN, to, Ordering::AcqRel, Ordering::Acquire);
    }
}

/// Refuses an append that was decided upon one of which nothing came.
pub(crate) fn check(append: &Append) -> Result<(), AppendError> {
    match append.upon.iter().any(Fate::is_void) {
        true => Err(AppendError::Unfounded),
        false => Ok(()),
    }
}
