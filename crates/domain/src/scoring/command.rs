//! What can be wished of a community's year.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::ids::{CommunityId, PersonId, UnitId};
use crate::input::Text;
use crate::review::Rating;
use crate::scoring::event::Aspect;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Somebody of a unit did some work that the community confirms.
    EnterHours(Box<Served>),
    /// Somebody of a unit scanned the check-in code: presence, and no work.
    CheckIn { community: CommunityId, year: i16, unit: UnitId, person: PersonId, day: Date },
    /// An entry was a mistake.
    StrikeOut { entry: u32, reason: Text },
    /// How many commitments of a unit fell due in the year, and how many of them it kept. The last entry holds.
    EnterCommitments { community: CommunityId, year: i16, unit: UnitId, due: u32, kept: u32, evidence: Text },
    /// A unit rates the community. Its last answer holds.
    RateCommunity { community: CommunityId, year: i16, unit: UnitId, ratings: BTreeMap<Aspect, Rating> },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    pub community: CommunityId,
    pub year: i16,
    pub unit: UnitId,
    pub person: PersonId,
    pub day: Date,
    pub minutes: u32,
    pub activity: Text,
    pub evidence: Text,
}
