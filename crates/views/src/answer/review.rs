//! A request's review as screens show it: figures by round, and reasons without names.

use jiff::Timestamp;
use sandan_domain::review::{Outcome, Rating};
use serde::Serialize;

/// Ballots by answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Answers {
    pub very_satisfied: u32,
    pub satisfied: u32,
    pub basically_satisfied: u32,
    pub dissatisfied: u32,
    pub very_dissatisfied: u32,
}

impl Answers {
    pub const fn count(&self, rating: Rating) -> u32 {
        match rating {
            Rating::VerySatisfied => self.very_satisfied,
            Rating::Satisfied => self.satisfied,
            Rating::BasicallySatisfied => self.basically_satisfied,
            Rating::Dissatisfied => self.dissatisfied,
            Rating::VeryDissatisfied => self.very_dissatisfied,
        }
    }

    /// All of them.
    pub const fn valid(&self) -> u32 {
        self.very_satisfied + self.satisfied + self.basically_satisfied + self.dissatisfied + self.very_dissatisfied
    }

    /// The first three count as satisfied (section 6 of the rules), the last two as dissatisfied.
    pub const fn dissatisfied_in_all(&self) -> u32 {
        self.dissatisfied + self.very_dissatisfied
    }
}

/// The round that was opened last; all zero and `null` before the first.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RatingsView {
    pub round: Option<u32>,
    /// How many may vote in the round (R14).
    pub electorate: u32,
    pub valid: u32,
    /// Satisfied, very or basically satisfied.
    pub satisfied: u32,
    /// Dissatisfied or very dissatisfied: what R16 counts.
    pub dissatisfied: u32,
    /// Of `valid`, between 0 and 1; `null` without a ballot (R18).
    pub rate: Option<f64>,
    pub answers: Answers,
    pub dispatch_wrong: u32,
    pub closes_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub outcome: Option<Outcome>,
}

/// One round of the review.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RoundView {
    pub round: u32,
    pub electorate: u32,
    pub valid: u32,
    pub dissatisfied: u32,
    pub answers: Answers,
    pub dispatch_wrong: u32,
    pub opened_at: Timestamp,
    pub closes_at: Timestamp,
    pub closed_at: Option<Timestamp>,
    /// `null` while it is open.
    pub outcome: Option<Outcome>,
}

/// Why somebody was dissatisfied; in no order that says who (R21).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BallotReason {
    pub round: u32,
    pub rating: Rating,
    pub reason: Option<String>,
    pub dispatch_wrong: bool,
}
