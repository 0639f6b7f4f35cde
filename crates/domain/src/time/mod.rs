//! Time limits: what a rule grants, when it falls due, what a pause does to it, and the colour it shows.
//!
//! A due time follows from events, policy and calendar alone, so that anybody can work it out again (R13) and
//! [`explain`] can open it. Nothing here asks what time it is.

mod calendar;
mod due;
mod explain;
mod light;
mod limit;
mod office;
mod pause;
mod policy;
mod rule;
#[cfg(test)]
pub(crate) mod tests;
mod walk;

use jiff::Timestamp;

pub use calendar::{Calendar, CalendarDay, CalendarError};
pub use due::{Due, put_off, working_time};
pub(crate) use explain::until_the_stop;
pub use explain::{Explanation, Extension, Ground, Item, Source, explain, year_spans, years_missing};
pub use light::{Light, light};
pub use limit::{Limit, LimitUnit};
pub use office::{OfficeHours, OfficeHoursError, Session};
pub use pause::Pause;
pub use policy::{Class, Policy};
pub use rule::Rule;

/// As people are told a time: without the fractions that a clock has.
pub(crate) fn to_the_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}
