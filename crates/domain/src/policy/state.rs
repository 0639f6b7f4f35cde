//! What a community has published.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::CommunityId;
use crate::policy::terms::Terms;
use crate::time::CalendarDay;

/// All versions; nothing is published at first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policies {
    /// `None` before the first.
    pub community: Option<CommunityId>,
    /// By version, from 1.
    pub versions: Vec<Version>,
    /// By version, from 1.
    pub calendars: Vec<Calendars>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    pub version: u32,
    pub from: Timestamp,
    pub terms: Terms,
    /// It was said that it holds.
    pub took_effect: bool,
}

/// Years of a calendar as they were published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendars {
    pub version: u32,
    pub from: Timestamp,
    pub name: String,
    pub days: Vec<CalendarDay>,
}

impl Policies {
    /// Most versions of policy and calendar that one community keeps: a limit on what one stream can grow to.
    pub const VERSIONS_MAX: usize = 1_000;

    /// The version that holds at an instant: the one with the latest beginning of those that have begun.
    pub fn version_at(&self, at: Timestamp) -> Option<&Version> {
        self.versions.iter().filter(|version| version.from <= at).max_by_key(|version| version.from)
    }

    /// When another version begins to hold.
    pub fn next_change(&self, after: Timestamp) -> Option<Timestamp> {
        self.versions.iter().map(|version| version.from).filter(|from| *from > after).min()
    }
}
