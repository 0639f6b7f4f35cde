//! One file a command's decision.

mod appeal;
mod call;
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
        Command::Open { round, electorate, barred, units } => {
            open::decide(review, round, open::People { electorate, barred, units }, facts)
        }
        Command::Rate(vote) => rate::decide(review, vote, facts),
        Command::End { round } => end::decide(review, round, facts),
        Command::Invite { round } => invite::decide(review, round, facts),
        Command::Call { person, outcome, note } => call::decide(review, person, outcome, note),
        Command::Appeal { round, person, unit, ground, reason } => {
            appeal::appeal(review, (round, person), unit, (ground, reason))
        }
        Command::DecideAppeal { round, person, upheld, reason } => {
            appeal::decide(review, (round, person), (upheld, reason), facts)
        }
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
