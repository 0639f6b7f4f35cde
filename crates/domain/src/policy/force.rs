//! What is in force in a community at an instant: the standard, then what each community on the way down says.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZoneDatabase;

use crate::policy::state::{Policies, Version};
use crate::time::{Calendar, OfficeHours, Policy};

/// A policy, and until when it is known to hold.
#[derive(Clone, Debug)]
pub struct Force {
    pub policy: Arc<Policy>,
    /// When another version begins; `None`: none was published.
    pub until: Option<Timestamp>,
}

/// `line` are the policies from the topmost community down to the one that is asked for.
///
/// The nearest to the community wins, limit by limit; classes of the nearer stand before those above, and any class
/// before the general limits: what is said of some is meant before what is said of all. A calendar's years replace
/// those above, year by year.
pub fn in_force(standard: &Policy, line: &[&Policies], at: Timestamp) -> Force {
    let mut policy = standard.clone();
    let mut calendar = Calendar::clone(&policy.calendar);
    for policies in line {
        if let Some(version) = policies.version_at(at) {
            overlay(&mut policy, policies, version);
        }
        for published in policies.calendars.iter().filter(|published| published.from <= at) {
            if let Some(of) = &policies.community {
                calendar = calendar.with_years(of, published.version, &published.name, &published.days);
            }
        }
    }
    policy.calendar = Arc::new(calendar);
    let until = line.iter().filter_map(|policies| policies.next_change(at)).min();
    Force { policy: Arc::new(policy), until }
}

fn overlay(policy: &mut Policy, of: &Policies, version: &Version) {
    let terms = &version.terms;
    policy.version = version.version;
    policy.of.clone_from(&of.community);
    policy.name.clone_from(&terms.name);
    for (rule, limit) in &terms.limits {
        policy.set(*rule, *limit);
    }
    policy.scoring = terms.scoring.unwrap_or(policy.scoring);
    policy.classes.splice(0..0, terms.classes.iter().cloned());
    // Both were checked when the version was published; what can't be read any more leaves what was.
    if let Some(zone) = terms.zone.as_ref().and_then(|name| TimeZoneDatabase::bundled().get(name).ok()) {
        policy.zone = zone;
    }
    if let Some(office) = terms.office.as_ref().and_then(|sessions| OfficeHours::new(sessions.clone()).ok()) {
        policy.office = office;
    }
    if let Some(verified) = &terms.verified {
        policy.verified.clone_from(verified);
    }
    policy.burst = terms.burst.unwrap_or(policy.burst);
}
