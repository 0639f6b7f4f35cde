//! A round was counted: rework by the 30 % rule, or the end of the project (R16, R18, R19).

use crate::decider::Facts;
use crate::ids::EvaluationId;
use crate::people::Level;
use crate::project::decide::Decision;
use crate::project::event::{Closed, Event, ReworkOrdered};
use crate::project::state::Plan;
use crate::request::{Case, Closing};
use crate::review::Outcome;
use crate::time::{Due, Rule};

/// Of another round there is nothing to do: it was concluded before.
pub(super) fn decide(
    plan: &Plan,
    round: u32,
    evaluation: EvaluationId,
    outcome: Outcome,
    facts: &Facts<'_>,
) -> Decision {
    if plan.round != round || plan.review() != Some(evaluation) {
        return Ok(Vec::new());
    }
    let closed = |closing| vec![Event::Closed(Closed { closing, reason: None })];
    Ok(match outcome {
        Outcome::Passed => closed(Closing::Satisfied),
        Outcome::Unrated => closed(Closing::Unrated),
        Outcome::Rework => {
            let due = Due::from(facts.now, facts.policy.general(Rule::Rework), facts.policy);
            // The community answers for a project, so the town is the level above.
            let escalated = (plan.reworks() + 1 == Case::REWORKS_UNTIL_ESCALATION).then_some(Level::Town);
            vec![Event::ReworkOrdered(ReworkOrdered { round: round + 1, evaluation, due, escalated })]
        }
    })
}
