//! 催办: whoever has it is reminded, every five days (R9).

use crate::decider::Facts;
use crate::request::event::{Event, Reminded};
use crate::request::state::Case;
use crate::time::{Due, Rule};

/// Before its time, or where no unit owes the work, there is nothing to do. The next turn is counted from the last
/// one, however late that was.
pub(super) fn decide(case: &Case, facts: &Facts<'_>) -> Vec<Event> {
    let due = case.remind_at.filter(|at| case.stage.is_open_with_a_unit() && *at <= facts.now);
    let reminded = due.map(|at| {
        let next_at = Due::next_turn(at, case.limit(Rule::Reminder, facts.policy), &case.pauses, facts.policy);
        Event::Reminded(Reminded { nth: case.reminders.saturating_add(1), next_at })
    });
    reminded.into_iter().collect()
}
