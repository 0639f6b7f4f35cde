//! The limits in force, and what else of the rules a community can set. Versioned, so that a due time can
//! name the policy that it came from.

use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::{Calendar, Limit, OfficeHours};
use crate::category::Category;

/// One version of a community's settings.
#[derive(Clone, Debug)]
pub struct Policy {
    pub version: u32,
    /// Where days begin and end.
    pub zone: TimeZone,
    pub calendar: &'static Calendar,
    pub office: OfficeHours,
    /// From filing to triage (R7).
    pub triage: Limit,
    /// The same of an urgent request (R7).
    pub triage_urgent: Limit,
    /// From dispatch to completion (R8).
    pub completion: Limit,
    /// From the order of a rework to its completion (R12).
    pub rework: Limit,
    /// How often a unit is reminded of what is open with it (R9).
    pub reminder: Limit,
    /// From the opening of a review to its end (R15).
    pub review_window: Limit,
    /// Of a supervision order (R10).
    pub supervision: Limit,
    /// How long the pool waits for a claim before the system dispatches (R3).
    pub pool_fallback: Limit,
    /// How long a reviewer's silence lasts until the second invitation (R18).
    pub invitation: Limit,
    /// Categories whose completion somebody else confirms on site, with all below them (R6a).
    pub verified: Vec<Category>,
}

impl Policy {
    /// The defaults of the rules, in the time zone and by the calendar of mainland China.
    pub fn standard() -> Self {
        Self {
            version: 1,
            zone: shanghai(),
            calendar: Calendar::china(),
            office: OfficeHours::default(),
            triage: Limit::days(2),
            triage_urgent: Limit::days(0),
            completion: Limit::days(15),
            rework: Limit::days(7),
            reminder: Limit::days(5),
            review_window: Limit::days(7),
            supervision: Limit::days(3),
            pool_fallback: Limit::days(1),
            invitation: Limit::days(3),
            verified: Vec::new(),
        }
    }

    /// Whether somebody other than the handler must confirm the work before its review opens (R6a).
    pub fn needs_verification(&self, category: Option<&Category>) -> bool {
        category.is_some_and(|category| self.verified.iter().any(|listed| category.is_within(listed)))
    }
}

/// From the database in the program, never the machine's: a due time must not depend on where it is worked out.
fn shanghai() -> TimeZone {
    TimeZoneDatabase::bundled().get("Asia/Shanghai").expect("the bundled time zones have Shanghai, as a test checks")
}
