//! Silence is not satisfaction: who has not voted is invited once more (R18).

use crate::decider::Facts;
use crate::ids::PersonId;
use crate::review::decide::Decision;
use crate::review::event::{Event, Invited};
use crate::review::rejection::Rejection;
use crate::review::state::{SatisfactionReview, Status};

/// A round that has ended, whose time has not come, or in which nobody is silent, is left alone.
pub(super) fn decide(review: &SatisfactionReview, nth: u32, facts: &Facts<'_>) -> Decision {
    let SatisfactionReview::Round(round) = review else { return Err(Rejection::NoRound) };
    let is_time = round.invite_at.is_some_and(|at| at <= facts.now);
    if round.nth != nth || round.status != Status::Open || !is_time {
        return Ok(Vec::new());
    }
    let is_silent = |person: &&PersonId| !round.ballots.contains_key(*person);
    let persons: Vec<PersonId> = round.electorate.iter().filter(is_silent).copied().collect();
    Ok(if persons.is_empty() { Vec::new() } else { vec![Event::Invited(Invited { round: nth, persons })] })
}
