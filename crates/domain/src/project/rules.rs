//! The traffic light of a project, and what its review's result orders.

use jiff::Timestamp;

use crate::evaluation::Verdict;
use crate::project::state::{Phase, Plan};
use crate::review::Outcome;
use crate::time::Light;

/// R29, by the measures of section 5: red when a stage or the rework is overdue, or after two reworks; yellow after one.
/// One that waits for its review or is closed owes nothing: green, whatever came before.
pub fn light(plan: &Plan, now: Timestamp) -> Light {
    let is_late = match &plan.phase {
        Phase::InReview | Phase::Closed(_) => return Light::Green,
        Phase::Working => plan.stages.iter().any(|stage| stage.done.is_none() && now >= stage.due),
        Phase::Rework(due) => now >= due.at,
    };
    match plan.reworks() {
        _ if is_late => Light::Red,
        0 => Light::Green,
        1 => Light::Yellow,
        _ => Light::Red,
    }
}

/// What a round's verdict orders: more than 30 % dissatisfied, rework (R16); nobody voted, closed as unrated (R18).
pub const fn outcome(verdict: Verdict) -> Outcome {
    match verdict {
        Verdict::Unrated => Outcome::Unrated,
        Verdict::PutRight => Outcome::Rework,
        // The others are verdicts of a year; none of them is of a project.
        Verdict::Passed | Verdict::Accountable | Verdict::Graded(_) => Outcome::Passed,
    }
}
