//! What can happen to a community's policies.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::event::{events, personal};
use crate::ids::CommunityId;
use crate::policy::terms::Terms;
use crate::time::CalendarDay;

events! {
    /// An event of one community's policies.
    "sandan.policy":
    Published = "published" 1,
    TookEffect = "took_effect" 1,
    CalendarPublished = "calendar_published" 1,
    WorkedOut = "worked_out" 1,
}

/// A version of the policy. Versions count from 1 in each community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    pub community: CommunityId,
    pub version: u32,
    /// From when it holds, until a version with a later beginning does.
    pub from: Timestamp,
    /// That lies ahead: it is said once more when it comes.
    pub in_advance: bool,
    pub terms: Terms,
}

/// A version came into force: open limits are worked out anew (R13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TookEffect {
    pub community: CommunityId,
    pub version: u32,
}

/// Whole years of a calendar, in place of what was known of them: in force at once, and open limits are worked out
/// anew (R13). Versions count from 1 in each community.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarPublished {
    pub community: CommunityId,
    pub version: u32,
    /// When it was published, and began to hold.
    pub from: Timestamp,
    pub name: String,
    /// The days that are off or worked against the week's rhythm, by date.
    pub days: Vec<CalendarDay>,
}

/// All limits that a version concerns were worked out anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkedOut {
    pub community: CommunityId,
    pub version: u32,
    /// It was a calendar's version, not a policy's.
    pub calendar: bool,
    /// Open requests that were looked at, and those whose limits moved.
    pub seen: u64,
    pub moved: u64,
}

personal! {
    Published {},
    TookEffect {},
    CalendarPublished {},
    WorkedOut {},
}
