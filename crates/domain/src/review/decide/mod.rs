//! One file a command's decision.

mod end;
mod invite;
mod open;
mod rate;

use crate::decider::Facts;
use crate::review::command::Command;
use crate::review::event::{Closed, Event, Outcome};
use crate::review::rejection::Rejection;
use crate::review::rules::{Tally, calls_for_rework, starts_at_triage};
use crate::review::state::SatisfactionReview;

pub(super) type Decision = Result<Vec<Event>, Rejection>;

pub(super) fn decide(review: &SatisfactionReview, command: Command, facts: &Facts<'_>) -> Decision {
    match command {
        Command::Open { round, electorate } => open::decide(review, round, electorate, facts),
        Command::Rate { person, rating, reason, dispatch_wrong } => {
            rate::decide(review, rate::Vote { person, rating, reason, dispatch_wrong }, facts)
        }
        Command::End { round } => end::decide(review, round, facts),
        Command::Invite { round } => invite::decide(review, round, facts),
    }
}

/// The end of a round and what it orders (R16, R18, R20).
fn closed(round: u32, tally: Tally, early: bool) -> Event {
    let outcome = match tally.valid {
        0 => Outcome::Unrated,
        valid if calls_for_rework(tally.dissatisfied, valid) => Outcome::Rework,
        _ => Outcome::Passed,
    };
    let from_triage = outcome == Outcome::Rework && starts_at_triage(&tally);
    Event::Closed(Closed { round, outcome, tally, from_triage, early })
}
