//! The hotline rings up whom no channel reaches (R18). A call is no ballot: one that was given on the telephone is
//! entered by itself.

use crate::ids::PersonId;
use crate::input::Text;
use crate::review::decide::Decision;
use crate::review::event::{CallOutcome, Called, Event};
use crate::review::rejection::Rejection;
use crate::review::state::{SatisfactionReview, Status};

pub(super) fn decide(
    review: &SatisfactionReview,
    person: PersonId,
    outcome: CallOutcome,
    note: Option<Text>,
) -> Decision {
    let SatisfactionReview::Round(round) = review else { return Err(Rejection::NoRound) };
    if matches!(round.status, Status::Closed(_)) {
        return Err(Rejection::RoundClosed { round: round.nth, closed_at: round.closes_at });
    }
    if !round.electorate.contains(&person) {
        return Err(Rejection::NotInElectorate { round: round.nth });
    }
    let note = note.map(|note| note.of(person));
    Ok(vec![Event::Called(Called { round: round.nth, person, outcome, note })])
}
