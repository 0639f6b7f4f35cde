//! A stretch in which a request's clock stood still (挂起, R11).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// From the suspension up to the resumption.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Pause {
    /// Whether the clock stood still just before `at`: there a day ends that does not count (R11).
    pub(super) fn covers_the_end(&self, at: Timestamp) -> bool {
        self.from < at && at <= self.to
    }
}
