//! A token is signed for somebody who is entitled: the same blinded serial again and again, another never (R21).

use crate::decider::Facts;
use crate::evaluation::decide::{Decision, open_poll};
use crate::evaluation::event::{Event, TokenIssued};
use crate::evaluation::rejection::Rejection;
use crate::evaluation::state::Session;
use crate::ids::{PersonId, UnitId};

/// A token that was drawn in time is signed again until voting ends: its first answer may have got lost.
/// Whoever has come to work for a rated unit since gets none (R14).
pub(super) fn decide(
    session: &Session,
    (person, works_for): (PersonId, Option<UnitId>),
    blinded: String,
    facts: &Facts<'_>,
) -> Decision {
    let poll = open_poll(session)?;
    if let Some(UnitId(subject)) = works_for {
        return Err(Rejection::OwnWork { subject });
    }
    if !poll.electorate.contains(&person) {
        return Err(Rejection::NotInElectorate);
    }
    if poll.voting_is_over(facts.now) {
        return Err(Rejection::VotingOver { until: poll.voting_until });
    }
    match poll.issued.get(&person) {
        Some(known) if *known == blinded => Ok(Vec::new()),
        Some(_) => Err(Rejection::TokenDrawn),
        None if facts.now >= poll.drawing_until => Err(Rejection::DrawingOver { until: poll.drawing_until }),
        None => Ok(vec![Event::TokenIssued(TokenIssued { person, blinded })]),
    }
}
