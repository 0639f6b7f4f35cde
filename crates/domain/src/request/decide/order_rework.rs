//! 回炉: the review sends it back, with its own limit and no extension (R12, R16, R19, R20); or an evaluation does, after
//! it was closed (R22).

use crate::decider::Facts;
use crate::ids::EvaluationId;
use crate::request::decide::Decision;
use crate::request::event::{Escalated, Event, Reason, ReworkOrdered};
use crate::request::state::{Case, Stage};
use crate::request::step::Step;
use crate::time::{Due, Rule};

pub(super) fn decide(case: &Case, from_triage: bool, facts: &Facts<'_>) -> Decision {
    if !matches!(case.stage, Stage::InReview(_)) {
        return Err(case.not_permitted(Step::Rate));
    }
    Ok(ordered(case, from_triage, None, facts))
}

/// A session found that it was closed and not really done, or dispatched perfunctorily: it starts at triage again.
pub(super) fn by_session(case: &Case, evaluation: EvaluationId, facts: &Facts<'_>) -> Decision {
    match case.stage {
        Stage::Closed(_) => Ok(ordered(case, true, Some(evaluation), facts)),
        _ => Err(case.not_permitted(Step::Triage)),
    }
}

fn ordered(case: &Case, from_triage: bool, evaluation: Option<EvaluationId>, facts: &Facts<'_>) -> Vec<Event> {
    let round = case.round + 1;
    let ends = |rule| Due::from(facts.now, case.limit(rule, facts.policy), facts.policy);
    let due = ends(Rule::Rework);
    let remind_at = (!from_triage).then(|| ends(Rule::Reminder).at);
    let mut events = vec![Event::ReworkOrdered(ReworkOrdered { round, due, from_triage, remind_at, evaluation })];
    if case.reworks() + 1 == Case::REWORKS_UNTIL_ESCALATION {
        events.extend(case.next_level().map(|level| Event::Escalated(Escalated { level, cause: Reason::Rework })));
    }
    events
}
