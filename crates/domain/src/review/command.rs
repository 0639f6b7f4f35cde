//! What can be wished of a review.

use crate::ids::PersonId;
use crate::input::Text;
use crate::review::event::Rating;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// From the request: it is completed, and `electorate` may vote (R14, R15).
    Open { round: u32, electorate: Vec<PersonId> },
    /// 评单
    Rate { person: PersonId, rating: Rating, reason: Option<Text>, dispatch_wrong: bool },
    /// From the round's timer: its window is over (R15).
    End { round: u32 },
    /// From the round's other timer: who has been silent is invited once more (R18).
    Invite { round: u32 },
}
