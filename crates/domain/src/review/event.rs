//! What can happen in a review.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::event::{events, personal};
use crate::ids::{PersonId, UnitId};
use crate::private::Private;
use crate::review::rules::Tally;

events! {
    /// An event of one request's review.
    "sandan.review":
    Opened = "opened" 1,
    Rated = "rated" 1,
    Invited = "invited" 1,
    Closed = "closed" 1,
    Called = "called" 1,
    Appealed = "appealed" 1,
    AppealDecided = "appeal_decided" 1,
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
    /// Joined, and may not vote: they belong to a unit that did the work (R14). Not of the electorate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub barred: Vec<PersonId>,
    /// Those that did the work, the lead first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub units: Vec<UnitId>,
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
    /// Codes of the list that the reasons were picked from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<String>,
    /// What would put it right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remedy: Option<Private>,
    #[serde(default, skip_serializing_if = "Via::is_web")]
    pub via: Via,
}

/// How a ballot came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// On a page, or by another program.
    #[default]
    Web,
    Kiosk,
    /// By the QR code of a receipt or a poster.
    Qr,
    /// Told on the telephone, and entered by the staff.
    Phone,
    /// On paper, and entered by the staff.
    Paper,
}

impl Via {
    pub const ALL: [Self; 5] = [Self::Web, Self::Kiosk, Self::Qr, Self::Phone, Self::Paper];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Kiosk => "kiosk",
            Self::Qr => "qr",
            Self::Phone => "phone",
            Self::Paper => "paper",
        }
    }

    /// Somebody else wrote it down.
    pub const fn is_entered(self) -> bool {
        matches!(self, Self::Phone | Self::Paper)
    }

    const fn is_web(&self) -> bool {
        matches!(self, Self::Web)
    }
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// Spoken to: a ballot, if they gave one, stands by itself.
    Reached,
    NoAnswer,
    WrongNumber,
    Declined,
}

impl CallOutcome {
    pub const ALL: [Self; 4] = [Self::Reached, Self::NoAnswer, Self::WrongNumber, Self::Declined];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Reached => "reached",
            Self::NoAnswer => "no_answer",
            Self::WrongNumber => "wrong_number",
            Self::Declined => "declined",
        }
    }
}

/// Somebody of the call list was rung up (R18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    pub round: u32,
    pub person: PersonId,
    pub outcome: CallOutcome,
    pub note: Option<Private>,
}

/// Why a unit appeals a ballot (R19a).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    Mistaken,
    Malicious,
}

impl Ground {
    pub const ALL: [Self; 2] = [Self::Mistaken, Self::Malicious];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Mistaken => "mistaken",
            Self::Malicious => "malicious",
        }
    }
}

/// 申诉: the ballot stays on record and goes on to count; rates are shown without it too if the appeal is upheld.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appealed {
    pub round: u32,
    /// Whose ballot.
    pub person: PersonId,
    pub unit: UnitId,
    pub ground: Ground,
    pub reason: Private,
}

/// 复核
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppealDecided {
    pub round: u32,
    pub person: PersonId,
    pub upheld: bool,
    pub reason: Private,
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

impl Outcome {
    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Rework => "rework",
            Self::Unrated => "unrated",
        }
    }
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
    Rated { reason, remedy },
    Invited {},
    Closed {},
    Called { note },
    Appealed { reason },
    AppealDecided { reason },
}
