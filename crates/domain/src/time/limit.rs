//! A time limit as rules and policies state it: a number with a unit.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Rule;
use crate::input::{Flaw, InputError};

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

impl LimitUnit {
    /// The name in policies.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hour => "hours",
            Self::WorkingHour => "working-hours",
            Self::CalendarDay => "calendar-days",
            Self::WorkingDay => "days",
        }
    }

    fn named(name: &str) -> Option<Self> {
        let plural = if name.ends_with('s') { name.to_owned() } else { format!("{name}s") };
        match plural.as_str() {
            "working-days" => Some(Self::WorkingDay),
            plural => [Self::Hour, Self::WorkingHour, Self::CalendarDay, Self::WorkingDay]
                .into_iter()
                .find(|unit| unit.name() == plural),
        }
    }
}

/// As policies write it; [`Limit::parse`] reads it.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.count, self.unit.name())
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

    /// Most of a unit that a policy can grant: a year of it.
    pub const DAYS_MAX: u32 = 366;
    pub const HOURS_MAX: u32 = 366 * 24;

    /// Reads a limit as policies write it: `15 days`, `2 hours`, `8 working-hours`, `7 calendar-days`.
    pub fn parse(text: &str, rule: Rule) -> Result<Self, InputError> {
        let malformed = || {
            let units = "hours, working-hours, days (working days) or calendar-days";
            InputError::malformed(Flaw::Limit { units: units.to_owned() })
        };
        let (count, unit) = text.trim().split_once(char::is_whitespace).ok_or_else(malformed)?;
        let unit = LimitUnit::named(unit.trim()).ok_or_else(malformed)?;
        let count: u32 = count.parse().map_err(|_| malformed())?;
        let min = if unit.is_day() { rule.count_min() } else { 1 };
        let max = if unit.is_day() { Self::DAYS_MAX } else { Self::HOURS_MAX };
        if !(min..=max).contains(&count) {
            return Err(InputError::OutOfRange { min: min.into(), max: max.into() });
        }
        Ok(Self { count, unit })
    }

    /// Working days. None of them means *the same day*: the day of the start, or the next that is worked.
    pub const fn days(count: u32) -> Self {
        Self { count, unit: LimitUnit::WorkingDay }
    }
}
