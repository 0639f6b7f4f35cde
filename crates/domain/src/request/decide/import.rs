//! A request from another system: filed there, and perhaps answered there.

use crate::decider::Facts;
use crate::request::command::Import;
use crate::request::decide::file::filed;
use crate::request::event::{Closed, Closing, Completed, Dispatched, Event, Target};
use crate::request::state::Holder;
use crate::time::{Due, Rule};

/// An open row is filed like any other, its limits counting from now. An answered one gets its whole past, with
/// the limits of its own days, and closes unrated: a rating is never invented (R18).
pub(super) fn decide(import: Import, facts: &Facts<'_>) -> Vec<Event> {
    let Import { file, filed: at, answer } = import;
    let Some(past) = answer else { return vec![filed(file, facts)] };
    let filer = file.requester.person;
    let limit = facts.policy.limit(Rule::Completion, file.category.as_ref(), file.urgency);
    let at_filing = Facts { now: at, ..*facts };
    vec![
        filed(file, &at_filing),
        Event::Dispatched(Dispatched {
            target: Target::Desk,
            note: None,
            due: Due::from(at, limit, facts.policy),
            binding: false,
            late_arrival: false,
            remind_at: None,
            fallback_at: None,
            since: None,
            fallback: false,
        }),
        Event::Completed(Completed {
            by: Holder::Desk,
            round: 1,
            answer: past.answer.of(filer),
            solved: true,
            unsolved_reason: None,
            needs_verification: false,
        }),
        Event::Closed(Closed { closing: Closing::Unrated, reason: None, project: None }),
    ]
}
