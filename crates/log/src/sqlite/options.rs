//! What may be chosen when a log is opened.

use std::fmt;

use crate::clock::{self, Clock};

/// How a [`crate::SqliteLog`] is opened. `SqliteOptions::default()` is right for a running node.
#[derive(Clone)]
pub struct SqliteOptions {
    /// Gives the times that are recorded.
    pub clock: Clock,
    /// Reads that may run at the same time; more of them wait.
    pub readers: usize,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        Self { clock: clock::wall(), readers: 4 }
    }
}

impl fmt::Debug for SqliteOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SqliteOptions").field("readers", &self.readers).finish_non_exhaustive()
    }
}
