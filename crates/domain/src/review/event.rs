//! What can happen in a review.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::event::{events, personal};
use crate::ids::PersonId;
use crate::private::Private;
use crate::review::rules::Tally;

events! {
    /// An event of one request's review.
    "sandan.review":
    Opened = "opened" 1,
    Rated = "rated" 1,
    Invited = "invited" 1,
    Closed = "closed" 1,
}

/// The five answers of the public-service standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// 非常满意
    VerySatisfied,
    /// 满意
    Satisfied,
    /// 基本满意
    BasicallySatisfied,
    /// 不满意
    Dissatisfied,
    /// 非常不满意
    VeryDissatisfied,
}

impl Rating {
    pub const ALL: [Self; 5] =
        [Self::VerySatisfied, Self::Satisfied, Self::BasicallySatisfied, Self::Dissatisfied, Self::VeryDissatisfied];

    pub const fn is_dissatisfied(self) -> bool {
        match self {
            Self::VerySatisfied | Self::Satisfied | Self::BasicallySatisfied => false,
            Self::Dissatisfied | Self::VeryDissatisfied => true,
        }
    }

    /// The name in the contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::VerySatisfied => "very_satisfied",
            Self::Satisfied => "satisfied",
            Self::BasicallySatisfied => "basically_satisfied",
            Self::Dissatisfied => "dissatisfied",
            Self::VeryDissatisfied => "very_dissatisfied",
        }
    }
}

/// A round began, its electorate fixed (R14, R15).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Counts from 1, as the request's rounds do.
    pub round: u32,
    pub electorate: Vec<PersonId>,
    /// When the round ends at the latest.
    pub closes_at: Timestamp,
    /// When those who are silent are invited once more (R18).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite_at: Option<Timestamp>,
}

/// Those who had not voted were invited once more (R18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    pub round: u32,
    /// In the order of their ids.
    pub persons: Vec<PersonId>,
}

/// A ballot was cast, or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rated {
    pub round: u32,
    pub person: PersonId,
    pub rating: Rating,
    pub reason: Option<Private>,
    /// The dispatch was wrong rather than the work (R20).
    pub dispatch_wrong: bool,
    /// It takes the place of this person's earlier ballot.
    pub changed: bool,
    /// Cast after rework was certain: it counts in the rates and undoes nothing (R15).
    pub late: bool,
}

/// How a round ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Passed,
    /// 回炉 (R16).
    Rework,
    /// Nobody voted (R18).
    Unrated,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    pub round: u32,
    pub outcome: Outcome,
    pub tally: Tally,
    /// Rework starts at triage (R20).
    pub from_triage: bool,
    /// Rework was certain before all had voted (R15).
    pub early: bool,
}

personal! {
    Opened {},
    Rated { reason },
    Invited {},
    Closed {},
}
