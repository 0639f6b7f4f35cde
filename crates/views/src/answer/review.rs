//! A request's review as screens show it: figures by round, and reasons without names.

use jiff::Timestamp;
use sandan_domain::review::{CallOutcome, Ground, Outcome, Rating, Via};
use sandan_domain::{CommunityId, PersonId, RequestId, RequestNumber, UnitId};
use serde::Serialize;
use uuid::Uuid;

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

    pub const fn add(&mut self, rating: Rating) {
        match rating {
            Rating::VerySatisfied => self.very_satisfied += 1,
            Rating::Satisfied => self.satisfied += 1,
            Rating::BasicallySatisfied => self.basically_satisfied += 1,
            Rating::Dissatisfied => self.dissatisfied += 1,
            Rating::VeryDissatisfied => self.very_dissatisfied += 1,
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
    /// Ballots by the way they came in.
    pub by_channel: ByVia,
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
    pub by_channel: ByVia,
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
    /// The ballot's name, by which it can be appealed. It says nothing about whose it is.
    pub ballot: Uuid,
    /// Codes of the list.
    pub reasons: Vec<String>,
    /// What would put it right.
    pub remedy: Option<String>,
    pub appeal: Option<AppealView>,
}

/// R19a: the ballot counts all the same.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AppealView {
    pub ground: Ground,
    pub reason: Option<String>,
    /// `null` until it is decided.
    pub upheld: Option<bool>,
}

/// Ballots by the way they came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ByVia {
    pub web: u32,
    pub kiosk: u32,
    pub qr: u32,
    pub phone: u32,
    pub paper: u32,
}

impl ByVia {
    pub const fn add(&mut self, via: Via, ballots: u32) {
        match via {
            Via::Web => self.web += ballots,
            Via::Kiosk => self.kiosk += ballots,
            Via::Qr => self.qr += ballots,
            Via::Phone => self.phone += ballots,
            Via::Paper => self.paper += ballots,
        }
    }
}

/// The ballots that came in one way.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ViaFigures {
    pub channel: Via,
    pub valid: u64,
    pub satisfied: u64,
    pub dissatisfied: u64,
    /// Of the dissatisfied: their appeal was upheld (R19a).
    pub appealed: u64,
    /// Satisfied ÷ valid, as in the rates.
    pub rate: Option<f64>,
}

/// How often a reason of the list was picked with a dissatisfied answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReasonFigures {
    pub reason: String,
    pub ballots: u64,
}

/// Ballots on requests that were filed in a period.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct BallotFigures {
    pub by_channel: Vec<ViaFigures>,
    pub reasons: Vec<ReasonFigures>,
}

/// Somebody whom no channel reaches: the hotline rings them up (R18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallRow {
    pub request: RequestId,
    pub number: RequestNumber,
    pub community: CommunityId,
    pub round: u32,
    pub person: PersonId,
    pub name: Option<String>,
    /// `null`: only a visit reaches them.
    pub phone: Option<String>,
    pub closes_at: Timestamp,
    /// How often they were rung up in this round, and what came of it last.
    pub calls: u32,
    pub outcome: Option<CallOutcome>,
    pub called_at: Option<Timestamp>,
    /// What the request is about: the desk's public title, else the resident's, else their first words.
    pub about: Option<String>,
}

/// Why something waits for the oversight board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Watched {
    /// Many joined in a short time (R14).
    Burst,
    /// A unit called the request unreasonable (R6b).
    Unreasonable,
    /// A unit appealed a ballot (R19a).
    Appeal,
}

impl Watched {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Burst => "burst",
            Self::Unreasonable => "unreasonable",
            Self::Appeal => "appeal",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WatchRow {
    pub kind: Watched,
    pub request: RequestId,
    pub number: RequestNumber,
    pub community: CommunityId,
    pub public_title: Option<String>,
    pub at: Timestamp,
    /// Of a burst: so many.
    pub joiners: Option<u32>,
    /// Of an appeal.
    pub ballot: Option<Uuid>,
    pub unit: Option<UnitId>,
}
