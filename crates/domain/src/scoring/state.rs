//! What a community's year holds at an instant.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, UnitId};
use crate::review::Rating;
use crate::scoring::event::Aspect;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scorebook {
    /// By number, from 1.
    pub entries: Vec<Entry>,
    /// As they were entered last.
    pub commitments: BTreeMap<UnitId, Commitments>,
    /// How units rate the community, by their last answers.
    pub ratings: BTreeMap<UnitId, BTreeMap<Aspect, Rating>>,
}

/// A day on which somebody of a unit served, or only checked in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub unit: UnitId,
    pub person: PersonId,
    pub day: Date,
    /// `None`: the code was scanned, and nothing more is known.
    pub work: Option<Work>,
    /// Why it counts no more.
    pub struck: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Work {
    pub minutes: u32,
    pub activity: String,
    pub evidence: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitments {
    pub due: u32,
    pub kept: u32,
    pub evidence: String,
}

impl Scorebook {
    /// Most entries of a year: a limit on what one stream can grow to.
    pub const ENTRIES_MAX: u32 = 20_000;
    /// The first year and the last that can be scored.
    pub const YEARS: (i16, i16) = (2000, 9998);
    pub const DAY_MINUTES: u32 = 24 * 60;
    pub const COMMITMENTS_MAX: u32 = 10_000;

    /// The entries that count.
    pub fn standing(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.struck.is_none())
    }

    /// The number that the next entry gets.
    pub(super) fn next(&self) -> u32 {
        u32::try_from(self.entries.len() + 1).unwrap_or(u32::MAX)
    }
}
