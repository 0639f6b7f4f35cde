//! What can happen in an evaluation.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::evaluation::occasion::{Occasion, Subject};
use crate::evaluation::rules::SubjectResult;
use crate::event::{events, personal};
use crate::ids::{CommunityId, PersonId, RequestId, Slug};
use crate::private::Private;
use crate::review::Rating;

events! {
    /// An event of one evaluation.
    "sandan.evaluation":
    Announced = "announced" 1,
    Convened = "convened" 1,
    Volunteered = "volunteered" 1,
    Screened = "screened" 1,
    Drawn = "drawn" 1,
    Opened = "opened" 1,
    Invited = "invited" 1,
    TokenIssued = "token_issued" 1,
    BallotsCast = "ballots_cast" 1,
    Ended = "ended" 1,
    Closed = "closed" 1,
    SentBack = "sent_back" 1,
    CalledOff = "called_off" 1,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announced {
    pub community: CommunityId,
    pub occasion: Occasion,
    pub subjects: Vec<Subject>,
    /// By which volunteers are screened.
    pub criteria: String,
    /// How many vote at most; where more are admitted, lots are drawn.
    pub places: u32,
    pub sign_up_until: Timestamp,
    /// SHA-256 of the lots' seed, in hexadecimal digits.
    pub seed_hash: String,
}

/// It does not take place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalledOff {
    /// Public.
    pub reason: String,
}

/// The vote on a finished project begins. Nobody signs up: whose it is follows from the project (R14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Convened {
    pub community: CommunityId,
    pub occasion: Occasion,
    pub subject: Subject,
    /// Fixed.
    pub electorate: Vec<PersonId>,
    /// As when a vote is opened.
    pub public_key: String,
    pub fingerprint: String,
    pub drawing_until: Timestamp,
    pub voting_until: Timestamp,
    /// As when a vote is opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite_at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volunteered {
    pub person: PersonId,
    /// Counts from 1; lots are drawn among numbers, so that everybody can repeat it and nobody is named.
    pub number: u32,
    pub name: Option<Private>,
    pub phone: Option<Private>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Private>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Screened {
    pub person: PersonId,
    pub admitted: bool,
    /// Of a refusal.
    pub reason: Option<Private>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// Its SHA-256 was in the announcement.
    pub seed: String,
    /// Numbers of those who vote, in rising order.
    pub chosen: Vec<u32>,
    /// More were admitted than there are places.
    pub by_lot: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// Of this evaluation alone: base 64 of its DER.
    pub public_key: String,
    /// SHA-256 of its DER, in hexadecimal digits.
    pub fingerprint: String,
    /// Until then tokens are drawn; only afterwards are ballots written.
    pub drawing_until: Timestamp,
    pub voting_until: Timestamp,
    /// Fixed from here on.
    pub electorate: u32,
    /// When those are invited once more who drew no token by then (R18). None where drawing is over before that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invite_at: Option<Timestamp>,
}

/// Who had drawn no token was invited once more (R18). Who drew one is not among them, whether they cast it or not:
/// that nobody knows (R21).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    pub persons: Vec<PersonId>,
}

/// Somebody who is entitled drew their token. Of the token itself nothing is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenIssued {
    pub person: PersonId,
    /// SHA-256 of the blinded serial that was signed.
    pub blinded: String,
}

/// Ballots that had come by the time of a batch, in the order of their hashes: nothing is left of the order, the time
/// or the way of any one of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BallotsCast {
    pub ballots: Vec<Ballot>,
}

/// One ballot, final.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// Hash of the token's serial.
    pub token: String,
    /// At most one a subject, in their order.
    pub answers: Vec<Answer>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub subject: Slug,
    pub rating: Rating,
    /// Picked from a list and never written: how somebody writes can tell who they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons: Vec<Reason>,
}

/// Why somebody is not satisfied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    Slow,
    /// Filed as done, and not really done.
    NotDone,
    NoAnswer,
    Manner,
    /// 敷衍了事的派单
    Perfunctory,
}

impl Reason {
    pub const ALL: [Self; 5] = [Self::Slow, Self::NotDone, Self::NoAnswer, Self::Manner, Self::Perfunctory];

    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Slow => "slow",
            Self::NotDone => "not_done",
            Self::NoAnswer => "no_answer",
            Self::Manner => "manner",
            Self::Perfunctory => "perfunctory",
        }
    }
}

/// The two parts of the vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Of tokens.
    Drawing,
    Voting,
}

/// A part of the vote was ended before its time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub phase: Phase,
    pub at: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    pub electorate: u32,
    pub tokens: u32,
    pub ballots: u32,
    /// In the order of the subjects.
    pub results: Vec<SubjectResult>,
}

/// Why a request goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Filed as done, and not really done: it goes back (回炉).
    NotDone,
    /// The dispatch was perfunctory: it is corrected.
    Perfunctory,
}

impl Why {
    pub const ALL: [Self; 2] = [Self::NotDone, Self::Perfunctory];

    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotDone => "not_done",
            Self::Perfunctory => "perfunctory",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentBack {
    pub request: RequestId,
    pub why: Why,
    pub note: Option<Private>,
}

personal! {
    Announced {},
    Convened {},
    Volunteered { name, phone, email },
    Screened { reason },
    Drawn {},
    Opened {},
    Invited {},
    TokenIssued {},
    BallotsCast {},
    Ended {},
    Closed {},
    SentBack { note },
    CalledOff {},
}
