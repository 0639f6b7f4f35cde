//! One file a command's decision.

mod add_request;
mod close;
mod conclude;
mod finish;
mod open;
mod register;
mod stage_done;

use crate::decider::Facts;
use crate::project::command::Command;
use crate::project::event::Event;
use crate::project::rejection::Rejection;
use crate::project::state::{Phase, Plan, Project};

pub(super) type Decision = Result<Vec<Event>, Rejection>;

pub(super) fn decide(state: &Project, command: Command, facts: &Facts<'_>) -> Decision {
    match (state, command) {
        (Project::Absent, Command::Open(opening)) => open::decide(*opening),
        (Project::Absent, _) => Err(Rejection::NotFound),
        (Project::Opened(plan), command) => go_on(plan, command, facts),
    }
}

fn go_on(plan: &Plan, command: Command, facts: &Facts<'_>) -> Decision {
    match command {
        Command::Open(_) => Err(Rejection::OpenedBefore),
        Command::AddRequest { request } => add_request::decide(plan, request),
        Command::StageDone { stage } => stage_done::decide(plan, stage, facts),
        Command::Register(registration) => register::decide(plan, registration),
        Command::Finish(finish) => finish::decide(plan, *finish, facts),
        Command::Conclude { round, evaluation, outcome } => conclude::decide(plan, round, evaluation, outcome, facts),
        Command::CloseDissatisfied { reason } => close::decide(plan, reason),
    }
}

/// Neither in review nor closed.
fn worked_on(plan: &Plan) -> Result<(), Rejection> {
    match plan.phase {
        Phase::Working | Phase::Rework(_) => Ok(()),
        Phase::InReview => Err(Rejection::NotWorkedOn { phase: plan.phase.name() }),
        Phase::Closed(_) => Err(Rejection::ClosedBefore),
    }
}
