//! What can be wished of a review.

use crate::ids::{PersonId, UnitId};
use crate::input::Text;
use crate::review::event::{CallOutcome, Ground, Rating, Via};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// From the request: it is completed, and `electorate` may vote on the work of `units`, but for those of it who
    /// are `barred` (R14, R15).
    ///
    /// Whoever carries it out fills in who of the electorate belongs to a unit that did the work.
    Open { round: u32, electorate: Vec<PersonId>, barred: Vec<PersonId>, units: Vec<UnitId> },
    /// 评单
    Rate(Vote),
    /// From the round's timer: its window is over (R15).
    End { round: u32 },
    /// From the round's other timer: who has been silent is invited once more (R18).
    Invite { round: u32 },
    /// The hotline rang somebody up whom no channel reaches (R18).
    Call { person: PersonId, outcome: CallOutcome, note: Option<Text> },
    /// 申诉: a unit says that a ballot is mistaken or malicious (R19a).
    Appeal { round: u32, person: PersonId, unit: UnitId, ground: Ground, reason: Text },
    /// 复核: somebody independent decides (R19a).
    DecideAppeal { round: u32, person: PersonId, upheld: bool, reason: Text },
}

/// A resident's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    pub person: PersonId,
    pub rating: Rating,
    /// Codes of the list, see [`crate::review::Reason`].
    pub reasons: Vec<String>,
    pub reason: Option<Text>,
    /// What would put it right.
    pub remedy: Option<Text>,
    pub dispatch_wrong: bool,
    pub via: Via,
}

impl Vote {
    /// An answer and nothing more, cast on a page.
    pub const fn new(person: PersonId, rating: Rating) -> Self {
        let via = Via::Web;
        Self { person, rating, reasons: Vec::new(), reason: None, remedy: None, dispatch_wrong: false, via }
    }
}
