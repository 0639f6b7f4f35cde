//! A time limit as rules and policies state it: a number with a unit.

use serde::{Deserialize, Serialize};

/// What a limit is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitUnit {
    /// Runs day and night.
    Hour,
    /// Runs in office hours only.
    WorkingHour,
    CalendarDay,
    /// A day on which the community's calendar works; what a rule means by *day* alone.
    WorkingDay,
}

impl LimitUnit {
    /// Whether the unit is counted in whole days, each up to the midnight that ends it.
    pub const fn is_day(self) -> bool {
        match self {
            Self::Hour | Self::WorkingHour => false,
            Self::CalendarDay | Self::WorkingDay => true,
        }
    }
}

/// How much time a rule grants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Limit {
    pub count: u32,
    pub unit: LimitUnit,
}

impl Limit {
    pub const fn hours(count: u32) -> Self {
        Self { count, unit: LimitUnit::Hour }
    }

    pub const fn working_hours(count: u32) -> Self {
        Self { count, unit: LimitUnit::WorkingHour }
    }

    pub const fn calendar_days(count: u32) -> Self {
        Self { count, unit: LimitUnit::CalendarDay }
    }

    /// Working days. None of them means *the same day*: the day of the start, or the next that is worked.
    pub const fn days(count: u32) -> Self {
        Self { count, unit: LimitUnit::WorkingDay }
    }
}
