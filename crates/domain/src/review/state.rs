//! What a review is at an instant: its newest round. Earlier rounds are history.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{PersonId, UnitId};
use crate::review::event::{Outcome, Rating, Via};
use crate::review::rules::Tally;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum SatisfactionReview {
    /// No round was ever opened.
    #[default]
    Waiting,
    Round(Round),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Counts from 1.
    pub nth: u32,
    /// Fixed when the round opened (R14).
    pub electorate: BTreeSet<PersonId>,
    /// One person, one ballot: the last one cast counts (R14).
    pub ballots: BTreeMap<PersonId, Ballot>,
    pub closes_at: Timestamp,
    /// When those who are silent are invited once more; `None` when that is done (R18).
    pub invite_at: Option<Timestamp>,
    pub status: Status,
    /// Joined, and may not vote (R14).
    #[serde(default)]
    pub barred: BTreeSet<PersonId>,
    /// Those that did the work.
    #[serde(default)]
    pub units: Vec<UnitId>,
    /// Of this round, and those of earlier ones that wait for a decision (R19a).
    #[serde(default)]
    pub appeals: Vec<Appeal>,
}

/// A ballot that a unit appealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    pub round: u32,
    pub person: PersonId,
    pub unit: UnitId,
    pub is_decided: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    pub rating: Rating,
    pub dispatch_wrong: bool,
    #[serde(default)]
    pub via: Via,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    Open,
    Closed(Outcome),
    /// Rework was certain; ballots are taken until the window ends and undo nothing (R15).
    ClosedEarly,
}

impl Round {
    /// The appeal against a ballot, if there was one.
    pub fn appeal(&self, round: u32, person: PersonId) -> Option<&Appeal> {
        self.appeals.iter().find(|appeal| appeal.round == round && appeal.person == person)
    }

    /// The figures as they stand.
    pub fn tally(&self) -> Tally {
        let count = |matching: fn(&Ballot) -> bool| figure(self.ballots.values().filter(|b| matching(b)).count());
        Tally {
            electorate: figure(self.electorate.len()),
            valid: figure(self.ballots.len()),
            dissatisfied: count(|ballot| ballot.rating.is_dissatisfied()),
            dispatch_wrong: count(|ballot| ballot.dispatch_wrong),
        }
    }
}

fn figure(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
