//! When joiners of a request are a burst, which the oversight board is told of (R14).

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// So many joiners within so many minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Burst {
    pub joiners: u32,
    pub within_minutes: u32,
}

impl Burst {
    pub const STANDARD: Self = Self { joiners: 10, within_minutes: 60 };
    pub const JOINERS_MIN: u32 = 2;
    /// A request remembers when so many joined last.
    pub const JOINERS_MAX: u32 = 50;
    pub const WITHIN_MINUTES_MIN: u32 = 1;
    /// A week.
    pub const WITHIN_MINUTES_MAX: u32 = 10_080;

    pub fn within(self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.within_minutes))
    }
}
