//! When the clock of a request runs, and who is above the one that has it.

use crate::people::Level;
use crate::request::state::{Case, Stage};

impl Stage {
    /// Whether the limit on the request runs: not while it is suspended (R11), done or ended.
    pub const fn clock_runs(&self) -> bool {
        match self {
            Self::Filed
            | Self::Triaged
            | Self::Returned
            | Self::Dispatched { .. }
            | Self::Pooled { .. }
            | Self::Claimed(_)
            | Self::Rework(_) => true,
            Self::Suspended { .. }
            | Self::Completed(_)
            | Self::InReview(_)
            | Self::Rejected
            | Self::Merged
            | Self::Withdrawn
            | Self::Closed(_) => false,
        }
    }

    /// Whether a unit has it and still owes the work, so that it is reminded (R9).
    pub const fn is_open_with_a_unit(&self) -> bool {
        match self {
            Self::Dispatched { .. } => true,
            Self::Claimed(work) | Self::Rework(work) => work.holder.unit().is_some(),
            Self::Filed
            | Self::Triaged
            | Self::Returned
            | Self::Pooled { .. }
            | Self::Suspended { .. }
            | Self::Completed(_)
            | Self::InReview(_)
            | Self::Rejected
            | Self::Merged
            | Self::Withdrawn
            | Self::Closed(_) => false,
        }
    }
}

impl Case {
    /// One level above the one that has it: from the grid at first; above the town there is none (R10).
    pub fn next_level(&self) -> Option<Level> {
        self.escalated.unwrap_or(Level::Grid).above()
    }
}
