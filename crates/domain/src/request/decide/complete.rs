//! 办结: the lead says solved or why not, with a written answer to the resident (R1, R6).

use crate::decider::Facts;
use crate::ids::UnitId;
use crate::input::Text;
use crate::request::decide::{Decision, lead_only, permit};
use crate::request::event::{Completed, Event};
use crate::request::rejection::Rejection;
use crate::request::state::{Case, Holder};
use crate::request::step::Step;

/// What the unit says of its work.
pub(super) struct Result {
    pub(super) answer: Text,
    pub(super) solved: bool,
    pub(super) unsolved_reason: Option<Text>,
}

pub(super) fn decide(case: &Case, unit: UnitId, result: Result, facts: &Facts<'_>) -> Decision {
    lead_only(case, &unit)?;
    permit(case, Step::Complete)?;
    if !result.solved && result.unsolved_reason.is_none() {
        return Err(Rejection::UnsolvedReasonMissing);
    }
    Ok(vec![Event::Completed(Completed {
        by: Holder::Unit(unit),
        round: case.round,
        answer: result.answer.of(case.filer),
        solved: result.solved,
        unsolved_reason: result.unsolved_reason.map(|reason| reason.of(case.filer)),
        needs_verification: facts.policy.needs_verification(case.category.as_ref()),
    })])
}
