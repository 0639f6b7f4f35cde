//! Policy, calendar or category changed: the limits that run are worked out anew, and no pause is lost (R13).

use crate::decider::Facts;
use crate::request::anew::Clocks;
use crate::request::event::{Anew, Event, Rescheduled};
use crate::request::state::Case;

/// Where nothing moves there is nothing to do; so it may be wished as often as one likes.
pub(super) fn decide(case: &Case, cause: Anew, facts: &Facts<'_>) -> Vec<Event> {
    anew(case, cause, facts).into_iter().collect()
}

pub(super) fn anew(case: &Case, cause: Anew, facts: &Facts<'_>) -> Option<Event> {
    if !case.stage.is_before_completion() {
        return None;
    }
    let as_of = case.stands_since().unwrap_or(facts.now);
    let clocks = case.clocks(None, as_of, facts.policy);
    let order = |due: &Option<crate::time::Due>| due.as_ref().map(|due| due.at);
    let moved = (clocks.due.at, clocks.due.limit) != (case.due.at, case.due.limit)
        || (clocks.remind_at, clocks.fallback_at) != (case.remind_at, case.fallback_at)
        || order(&clocks.supervision) != order(&case.supervision);
    let Clocks { due, remind_at, fallback_at, supervision } = clocks;
    let before = case.due.clone();
    moved.then_some(Event::Rescheduled(Rescheduled { cause, before, due, remind_at, fallback_at, supervision }))
}
