//! Time limits: what a rule grants, when it falls due, what a pause does to it, and the colour it shows.
//!
//! A due time follows from events, policy and calendar alone, so that anybody can work it out again (R13).
//! Nothing here asks what time it is.

mod calendar;
mod due;
mod light;
mod limit;
mod office;
mod policy;
mod running;
#[cfg(test)]
mod tests;

pub use calendar::{Calendar, CalendarError};
pub use due::Due;
pub use light::{Light, light};
pub use limit::{Limit, LimitUnit};
pub use office::{OfficeHours, OfficeHoursError, Session};
pub use policy::Policy;
