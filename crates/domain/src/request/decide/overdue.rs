//! What follows when time runs out: 超期, 督办, 上报 (R10).

use crate::decider::Facts;
use crate::people::Level;
use crate::request::event::{Escalated, Event, Overdue, Reason, Supervised};
use crate::request::state::Case;
use crate::time::{Due, Rule};

/// The limit has passed: said once, with an order to whoever has it. Before that there is nothing to do, and
/// nothing is lost: what moved the limit moved its timer.
pub(super) fn mark(case: &Case, facts: &Facts<'_>) -> Vec<Event> {
    if !case.stage.clock_runs() || case.overdue || case.due.on_time(facts.now) {
        return Vec::new();
    }
    let overdue = Event::Overdue(Overdue { limit: case.due.clone() });
    [overdue].into_iter().chain(order(case, case.escalated, facts)).collect()
}

/// The order's limit has passed as well: one level up, and a new order there, unless it is the town's now.
pub(super) fn escalate(case: &Case, facts: &Facts<'_>) -> Vec<Event> {
    let has_passed = case.supervision.as_ref().is_some_and(|due| !due.on_time(facts.now));
    if !case.stage.clock_runs() || !has_passed {
        return Vec::new();
    }
    let Some(level) = case.next_level() else { return Vec::new() };
    let order = if level.above().is_some() { order(case, Some(level), facts) } else { None };
    [Event::Escalated(Escalated { level, cause: Reason::Overdue })].into_iter().chain(order).collect()
}

/// A supervision order with its own limit, to whoever has the request.
pub(super) fn order(case: &Case, level: Option<Level>, facts: &Facts<'_>) -> Option<Event> {
    let holder = case.owner()?;
    let due = Due::from(facts.now, case.limit(Rule::Supervision, facts.policy), facts.policy);
    Some(Event::Supervised(Supervised { holder, level, due }))
}
