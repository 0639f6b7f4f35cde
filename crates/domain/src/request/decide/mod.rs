//! One file a command's decision.

mod attach;
mod claim;
mod close;
mod co_sign;
mod complete;
mod dispatch;
mod extend;
mod fall_back;
mod file;
mod give_back;
mod import;
mod merge;
mod order_rework;
mod overdue;
mod progress;
mod remind;
mod reschedule;
mod review_opened;
mod rule;
mod serve;
mod suspend;
mod triage;
mod unreasonable;
mod verify;
mod withdraw;

use crate::decider::Facts;
use crate::ids::UnitId;
use crate::request::command::Command;
use crate::request::event::Event;
use crate::request::rejection::Rejection;
use crate::request::state::{Case, Holder, ServiceRequest};
use crate::request::step::Step;

pub(super) type Decision = Result<Vec<Event>, Rejection>;

pub(super) fn decide(state: &ServiceRequest, command: Command, facts: &Facts<'_>) -> Decision {
    match (state, command) {
        (ServiceRequest::Absent, Command::File(file)) => Ok(vec![file::filed(*file, facts)]),
        (ServiceRequest::Absent, Command::Import(import)) => Ok(import::decide(*import, facts)),
        (ServiceRequest::Absent, _) => Err(Rejection::NotFound),
        (ServiceRequest::Filed(case), command) => decide_filed(case, command, facts),
    }
}

fn decide_filed(case: &Case, command: Command, facts: &Facts<'_>) -> Decision {
    match command {
        Command::File(_) | Command::Import(_) => Err(Rejection::FiledBefore),
        Command::CoSign(joiner) => co_sign::decide(case, joiner, facts),
        Command::Triage(decision) => triage::decide(case, decision, facts),
        Command::Absorb(merger) => merge::absorb(case, merger),
        Command::Dispatch { target, note } => dispatch::decide(case, target, note, facts),
        Command::Claim { unit } => claim::decide(case, unit),
        Command::Return { unit, reason, basis } => give_back::decide(case, unit, reason, basis),
        Command::Rule { unit, reason } => rule::decide(case, unit, reason, facts),
        Command::Progress { unit, note } => progress::decide(case, unit, note),
        Command::Complete { unit, answer, solved, unsolved_reason } => {
            complete::decide(case, unit, complete::Result { answer, solved, unsolved_reason }, facts)
        }
        Command::Verify { confirmed, note } => verify::decide(case, confirmed, note, facts),
        Command::OpenReview { round } => review_opened::decide(case, round),
        Command::OrderRework { from_triage } => order_rework::decide(case, from_triage, facts),
        Command::SendBack { evaluation } => order_rework::by_session(case, evaluation, facts),
        Command::Close(closing) => close::after_review(case, closing),
        Command::Serve { project } => serve::serve(case, project),
        Command::CloseWithProject { project, closing } => Ok(serve::close(case, project, closing)),
        Command::CloseDissatisfied { reason } => close::by_oversight(case, reason),
        Command::Suspend { reason, review_on } => suspend::suspend(case, reason, review_on, facts),
        Command::Resume => suspend::resume(case, facts),
        Command::Extend { reason, until } => extend::decide(case, reason, until, facts),
        Command::Withdraw { reason } => withdraw::decide(case, reason),
        Command::Attach(photo) => attach::decide(case, photo),
        Command::Remind => Ok(remind::decide(case, facts)),
        Command::MarkOverdue => Ok(overdue::mark(case, facts)),
        Command::Escalate => Ok(overdue::escalate(case, facts)),
        Command::FallBack { unit } => Ok(fall_back::decide(case, unit, facts)),
        Command::ProposeUnreasonable { unit, reason, basis } => unreasonable::propose(case, unit, reason, basis),
        Command::DecideUnreasonable { upheld, reason } => unreasonable::decide(case, upheld, reason, facts),
        Command::Reschedule(cause) => Ok(reschedule::decide(case, cause, facts)),
    }
}

/// Refuses a step that the state does not permit, naming the state and the permitted steps.
fn permit(case: &Case, step: Step) -> Result<(), Rejection> {
    if case.permitted().contains(&step) { Ok(()) } else { Err(case.not_permitted(step)) }
}

/// The work of `unit` on this request: refused for a stranger, and for an assistant if only the lead may (R1).
///
/// Who may is decided before the state. Where no unit holds the request yet, the state decides.
fn lead_only(case: &Case, unit: &UnitId) -> Result<(), Rejection> {
    let Some((lead, assisting)) = case.stage.team() else { return Ok(()) };
    match lead {
        Holder::Unit(lead) if lead == *unit => Ok(()),
        Holder::Unit(lead) if assisting.contains(unit) => Err(Rejection::NotLead { lead: lead.clone() }),
        Holder::Unit(_) | Holder::Desk => Err(Rejection::NotYours),
    }
}

/// The same for steps that assistants may take as well.
fn on_the_team(case: &Case, unit: &UnitId) -> Result<(), Rejection> {
    match lead_only(case, unit) {
        Err(Rejection::NotLead { .. }) => Ok(()),
        other => other,
    }
}
