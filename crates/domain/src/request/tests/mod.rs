//! The rules of a request, by their numbers.

mod bursts;
mod claims;
mod completion;
mod dispatch;
mod extension;
mod fallback;
mod filing;
mod hands;
mod import;
mod merge;
mod overdue;
mod owners;
mod permitted;
mod reminders;
mod replay;
mod rescheduling;
mod returns;
mod rework;
mod serving;
mod situations;
mod suspension;
mod table;
mod triage;
mod unreasonable;
mod wishes;

use crate::people::Level;
use crate::request::{Case, Rejection, Request};
use crate::request::{Claimed, Closed, Closing, Escalated, Event, Reason, ReviewOpened, ReworkOrdered, Step};
use crate::testing::{Past, at, unit};
use crate::time::{Due, Limit};

fn claimed(slug: &str, leads: bool) -> Event {
    Event::Claimed(Claimed { unit: unit(slug), leads })
}

fn review_opened(round: u32) -> Event {
    Event::ReviewOpened(ReviewOpened { round })
}

/// Ordered on the first day; who has it again is reminded after five more.
fn rework_ordered(round: u32, due: Due, from_triage: bool) -> Event {
    let remind_at = (!from_triage).then(|| at("2026-11-10 00:00"));
    Event::ReworkOrdered(ReworkOrdered { round, due, from_triage, remind_at, evaluation: None })
}

fn escalated(level: Level) -> Event {
    Event::Escalated(Escalated { level, cause: Reason::Rework })
}

fn closed(closing: Closing) -> Event {
    Event::Closed(Closed { closing, reason: None, project: None })
}

/// A due time under the standard policy.
fn due(started: &str, limit: Limit, until: &str) -> Due {
    Due { at: at(until), ..Due::from(at(started), limit, &crate::testing::policy()) }
}

/// So much later that every limit has passed.
fn in_the_past(past: Past<Request>) -> Past<Request> {
    past.after_hours(24 * 100)
}

/// The refusal of a step in the state `state`, whose permitted steps are `permitted`.
fn not_permitted(step: Step, state: &'static str, permitted: &[&'static str]) -> Rejection {
    Rejection::NotPermitted { step, state, permitted: permitted.to_vec() }
}

/// The refusal of a step by the state in which `case` is.
fn refused_by_the_state(case: &Case, step: Step) -> Rejection {
    not_permitted(step, case.stage.name(), &case.permitted_names())
}
