//! Every wish in every situation: granted, or refused and why. The whole table, so that no rule hides.

use std::fmt::Write;

use jiff::Timestamp;

use super::permitted::step_of;
use super::situations::situations;
use crate::ids::{EvaluationId, ProjectId};
use crate::people::Actor;
use crate::rejection::Rejection;
use crate::request::{self, Case, Closing, Command, Import, Request, Step, TriageDecision};
use crate::testing::{
    Past, absorb, accept, close, desk, fall_back_to, file, filed, filing, listing, merge_into, open_review,
    order_rework, reject, rightful,
};

const EVALUATION: EvaluationId = EvaluationId(uuid::Uuid::nil());
const PROJECT: ProjectId = ProjectId(uuid::Uuid::nil());

/// Who wishes what, given the request.
type Wish = fn(&Case, Timestamp) -> (Actor, Command);

listing! {
    /// The column of a wish: a command that is added needs one here, and then one in the table.
    column(Command) -> wishes: Wish;
    Command::File(_) => "file": |_, _| (desk(), file()),
    Command::Import(_) => "import": |_, now| (desk(), import(now)),
    Command::CoSign(_) => "co-sign": |case, now| take(Step::CoSign, case, now),
    Command::Triage(TriageDecision::Accept { .. }) => "accept": |_, _| (desk(), accept()),
    Command::Triage(TriageDecision::Reject { .. }) => "reject": |_, _| (desk(), reject()),
    Command::Triage(TriageDecision::Merge { .. }) => "merge": |_, _| (desk(), merge_into("another")),
    Command::Absorb(_) => "absorb": |_, _| (desk(), absorb("another", &["li"])),
    Command::Dispatch { .. } => "dispatch": |case, now| take(Step::Dispatch, case, now),
    Command::Claim { .. } => "claim": |case, now| take(Step::Claim, case, now),
    Command::Return { .. } => "return": |case, now| take(Step::Return, case, now),
    Command::Rule { .. } => "rule": |case, now| take(Step::Rule, case, now),
    Command::Progress { .. } => "progress": |case, now| take(Step::Progress, case, now),
    Command::Complete { .. } => "complete": |case, now| take(Step::Complete, case, now),
    Command::Verify { .. } => "verify": |case, now| take(Step::Verify, case, now),
    Command::OpenReview { .. } => "open review": |case, _| (Actor::System, open_review(case.round)),
    Command::OrderRework { .. } => "order rework": |_, _| (Actor::System, order_rework()),
    Command::SendBack { .. } => "send back": |_, _| (Actor::System, Command::SendBack { evaluation: EVALUATION }),
    Command::Close(_) => "close": |_, _| (Actor::System, close(Closing::Satisfied)),
    Command::Serve { .. } => "serve": |_, _| (Actor::System, Command::Serve { project: PROJECT }),
    Command::CloseWithProject { .. } => "close with project": |_, _| (Actor::System, Command::CloseWithProject { project: PROJECT, closing: Closing::Satisfied }),
    Command::CloseDissatisfied { .. } => "oversight closes": |case, now| take(Step::Close, case, now),
    Command::Suspend { .. } => "suspend": |case, now| take(Step::Suspend, case, now),
    Command::Resume => "resume": |case, now| take(Step::Resume, case, now),
    Command::Extend { .. } => "extend": |case, now| take(Step::Extend, case, now),
    Command::Withdraw { .. } => "withdraw": |case, now| take(Step::Withdraw, case, now),
    Command::Attach(_) => "attach": |case, now| take(Step::Attach, case, now),
    Command::ProposeUnreasonable { .. } => "propose unreasonable": |case, now| take(Step::Unreasonable, case, now),
    Command::DecideUnreasonable { .. } => "decide unreasonable": |case, now| take(Step::UnreasonableDecision, case, now),
    Command::Remind => "remind": |_, _| (Actor::System, Command::Remind),
    Command::MarkOverdue => "mark overdue": |_, _| (Actor::System, Command::MarkOverdue),
    Command::Escalate => "escalate": |_, _| (Actor::System, Command::Escalate),
    Command::Reschedule(_) => "reschedule": |_, _| (Actor::System, Command::Reschedule(request::Anew::Policy)),
    Command::FallBack { .. } => "fall back": |_, _| (Actor::System, fall_back_to(Some("parks"))),
}

/// For each situation what is granted, and what is refused for a better reason than the state. All else is not
/// permitted.
const TABLE: &str = include_str!("table.txt");

#[test]
fn every_wish_in_every_situation_is_granted_or_refused_as_the_table_says() {
    let table: String = situations().iter().map(|(name, past)| row(name, past)).collect();
    assert_eq!(table, TABLE, "\n{table}");
}

#[test]
fn before_it_is_filed_a_request_can_only_be_filed_or_imported() {
    for (name, wish) in wishes() {
        let past = Past::<Request>::nothing();
        let (_, command) = wish(filed().case(), past.now);
        match name {
            "file" | "import" => drop(past.when(command).then_granted()),
            _ => past.when(command).then_refused(request::Rejection::NotFound),
        }
    }
}

fn row(name: &str, past: &Past<Request>) -> String {
    let (mut granted, mut idle) = (Vec::new(), Vec::new());
    let mut refused = String::new();
    for (column, decision) in answers(past) {
        match decision {
            Ok(events) if events.is_empty() => idle.push(column),
            Ok(_) => granted.push(column),
            Err(rejection) if rejection.code() == "not-permitted" => {}
            Err(rejection) if rejection.code() == "filed-before" => assert!(matches!(column, "file" | "import")),
            Err(rejection) => writeln!(refused, "    {column}: {}", rejection.code()).unwrap(),
        }
    }
    let granted = if granted.is_empty() { "nothing".to_owned() } else { granted.join(", ") };
    let idle = if idle.is_empty() { String::new() } else { format!("    nothing to do: {}\n", idle.join(", ")) };
    format!("{name}\n    + {granted}\n{refused}{idle}")
}

/// The answer to each wish. A refused step names the state and the permitted steps.
fn answers(past: &Past<Request>) -> Vec<(&'static str, Result<Vec<request::Event>, Rejection>)> {
    let answer = |(name, wish): (&'static str, Wish)| {
        let (actor, command) = wish(past.case(), past.now);
        assert_eq!(column(&command), name);
        // Timers come when their time has come.
        let hours = if step_of(&command).is_none() && actor == Actor::System { 100 * 24 } else { 0 };
        let decision = past.clone().by(actor).after_hours(hours).decide(command);
        if let Some((state, permitted)) = decision.as_ref().err().and_then(Rejection::standing) {
            let mut expected = past.case().permitted_names();
            // Which limit has passed is a matter of time, not of the state.
            expected.retain(|step| *step != "extend" || decision.as_ref().unwrap_err().code() != "too-late-to-extend");
            assert_eq!((state, permitted), (past.case().stage.name(), &*expected), "{name}");
        }
        (name, decision)
    };
    wishes().into_iter().map(answer).collect()
}

fn take(step: Step, case: &Case, now: Timestamp) -> (Actor, Command) {
    let (actor, _, command) = rightful(step, case, now).unwrap();
    (actor, command)
}

fn import(filed: Timestamp) -> Command {
    Command::Import(Box::new(Import { file: filing(), filed, answer: None }))
}
