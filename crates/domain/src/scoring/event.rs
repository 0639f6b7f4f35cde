//! What can happen in a community's year of scoring. All texts are the desk's.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::event::{events, personal};
use crate::ids::{CommunityId, PersonId, UnitId};
use crate::review::Rating;

events! {
    /// An event of one community's year.
    "sandan.scoring":
    HoursEntered = "hours_entered" 1,
    CheckedIn = "checked_in" 1,
    StruckOut = "struck_out" 1,
    CommitmentsEntered = "commitments_entered" 1,
    CommunityRated = "community_rated" 1,
}

/// Work that the community confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursEntered {
    pub community: CommunityId,
    pub year: i16,
    /// Counts from 1 in the year.
    pub entry: u32,
    pub unit: UnitId,
    pub person: PersonId,
    pub day: Date,
    pub minutes: u32,
    pub activity: String,
    pub evidence: String,
}

/// The check-in code was scanned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedIn {
    pub community: CommunityId,
    pub year: i16,
    /// Counts on with the hours'.
    pub entry: u32,
    pub unit: UnitId,
    pub person: PersonId,
    pub day: Date,
}

/// The entry was a mistake and counts no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StruckOut {
    pub entry: u32,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommitmentsEntered {
    pub community: CommunityId,
    pub year: i16,
    pub unit: UnitId,
    pub due: u32,
    pub kept: u32,
    pub evidence: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommunityRated {
    pub community: CommunityId,
    pub year: i16,
    pub unit: UnitId,
    pub ratings: BTreeMap<Aspect, Rating>,
}

/// What a unit rates the community for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// 派单: requests come to whom they belong.
    Dispatch,
    /// 支持协调: help where a unit can't go on alone.
    Support,
    /// 回应: questions and extensions are answered in time.
    Response,
}

impl Aspect {
    pub const ALL: [Self; 3] = [Self::Dispatch, Self::Support, Self::Response];

    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dispatch => "dispatch",
            Self::Support => "support",
            Self::Response => "response",
        }
    }
}

personal! {
    HoursEntered {},
    CheckedIn {},
    StruckOut {},
    CommitmentsEntered {},
    CommunityRated {},
}
