//! A stage is done, in whatever order.

use crate::decider::Facts;
use crate::project::decide::{Decision, worked_on};
use crate::project::event::{Event, StageDone};
use crate::project::rejection::Rejection;
use crate::project::state::Plan;

pub(super) fn decide(plan: &Plan, stage: u32, facts: &Facts<'_>) -> Decision {
    worked_on(plan)?;
    let nth = usize::try_from(stage).unwrap_or(usize::MAX);
    let known = nth.checked_sub(1).and_then(|nth| plan.stages.get(nth));
    match known {
        None => Err(Rejection::NoSuchStage { stage, stages: plan.stages.len() }),
        Some(known) if known.done.is_some() => Err(Rejection::StageDoneBefore { stage }),
        Some(_) => Ok(vec![Event::StageDone(StageDone { stage, at: facts.now })]),
    }
}
