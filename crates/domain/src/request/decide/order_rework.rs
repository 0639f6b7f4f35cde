//! 回炉: the review sends it back, with its own limit and no extension (R12, R16, R19, R20).

use crate::decider::Facts;
use crate::people::Level;
use crate::request::decide::Decision;
use crate::request::event::{Escalated, Event, Reason, ReworkOrdered};
use crate::request::state::{Case, Stage};
use crate::request::step::Step;
use crate::time::Due;

pub(super) fn decide(case: &Case, from_triage: bool, facts: &Facts<'_>) -> Decision {
    if !matches!(case.stage, Stage::InReview(_)) {
        return Err(case.not_permitted(Step::Rate));
    }
    let round = case.round + 1;
    let due = Due::from(facts.now, facts.policy.rework, facts.policy);
    let mut events = vec![Event::ReworkOrdered(ReworkOrdered { round, due, from_triage })];
    if case.reworks() + 1 == Case::REWORKS_UNTIL_ESCALATION {
        events.extend(next_level(case).map(|level| Event::Escalated(Escalated { level, cause: Reason::Rework })));
    }
    Ok(events)
}

/// One level above the one that has it: from the grid at first (R10).
fn next_level(case: &Case) -> Option<Level> {
    case.escalated.unwrap_or(Level::Grid).above()
}
