//! The list of permitted steps is exactly what the decisions accept.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::situations::situations;
use super::wishes::{Wish, anything, history, spell_out, wishes};
use crate::rejection::Rejection;
use crate::request::{self, Command, Request, Stage, Step};
use crate::testing::{Past, filed, listing, rightful};

listing! {
    /// A step that is added stands here, and so in every test of this file.
    step_name(Step) -> steps: Step;
    Step::Triage => "triage": Step::Triage,
    Step::Dispatch => "dispatch": Step::Dispatch,
    Step::Claim => "claim": Step::Claim,
    Step::Return => "return": Step::Return,
    Step::Progress => "progress": Step::Progress,
    Step::Complete => "complete": Step::Complete,
    Step::Rule => "rule": Step::Rule,
    Step::Verify => "verify": Step::Verify,
    Step::Suspend => "suspend": Step::Suspend,
    Step::Resume => "resume": Step::Resume,
    Step::Extend => "extend": Step::Extend,
    Step::Withdraw => "withdraw": Step::Withdraw,
    Step::CoSign => "co-signers": Step::CoSign,
    Step::Rate => "ratings": Step::Rate,
    Step::Attach => "attachments": Step::Attach,
    Step::Close => "close": Step::Close,
    Step::Unreasonable => "unreasonable": Step::Unreasonable,
    Step::UnreasonableDecision => "unreasonable-decision": Step::UnreasonableDecision,
}

/// The step that a wish is; `None` for what only reviews and other requests wish.
pub(super) const fn step_of(command: &Command) -> Option<Step> {
    Some(match command {
        Command::Triage(_) => Step::Triage,
        Command::Dispatch { .. } => Step::Dispatch,
        Command::Claim { .. } => Step::Claim,
        Command::Return { .. } => Step::Return,
        Command::Rule { .. } => Step::Rule,
        Command::Progress { .. } => Step::Progress,
        Command::Complete { .. } => Step::Complete,
        Command::Verify { .. } => Step::Verify,
        Command::CloseDissatisfied { .. } => Step::Close,
        Command::Suspend { .. } => Step::Suspend,
        Command::Resume => Step::Resume,
        Command::Extend { .. } => Step::Extend,
        Command::Withdraw { .. } => Step::Withdraw,
        Command::Attach(_) => Step::Attach,
        Command::ProposeUnreasonable { .. } => Step::Unreasonable,
        Command::DecideUnreasonable { .. } => Step::UnreasonableDecision,
        Command::CoSign(_) => Step::CoSign,
        Command::File(_) | Command::Import(_) | Command::Absorb(_) => return None,
        Command::Remind
        | Command::MarkOverdue
        | Command::Escalate
        | Command::FallBack { .. }
        | Command::Reschedule(_) => {
            return None;
        }
        Command::OpenReview { .. } | Command::OrderRework { .. } | Command::SendBack { .. } | Command::Close(_) => {
            return None;
        }
        Command::Serve { .. } | Command::CloseWithProject { .. } => return None,
    })
}

/// A step is listed exactly when whoever may take it can take it now.
fn check_promises(past: &Past<Request>) {
    let case = past.case();
    let permitted = case.permitted();
    for (name, step) in steps() {
        let Some((actor, at, command)) = rightful(step, case, past.now) else {
            assert_eq!(permitted.contains(&step), matches!(case.stage, Stage::InReview(_)), "{name}");
            continue;
        };
        let answer = past.clone().by(actor).at_instant(at).decide(command);
        assert_eq!(permitted.contains(&step), answer.is_ok(), "{name} in {case:?}: {answer:?}");
    }
}

/// Whoever asks for whatever: what is granted was listed, and "not permitted" is said of nothing that is.
fn check_answer(past: &Past<Request>, wish: &Wish) {
    let case = past.case();
    let Some((actor, command)) = spell_out(wish, case, past.now) else { return };
    let wished = step_of(&command);
    match past.clone().by(actor).decide(command) {
        Ok(_) => assert!(wished.is_none_or(|step| case.permitted().contains(&step)), "{wish:?} in {case:?}"),
        Err(Rejection::Request(request::Rejection::NotPermitted { step, state, permitted })) => {
            assert!(!case.permitted().contains(&step) || wished.is_none(), "{wish:?} in {case:?}");
            assert!(wished.is_none_or(|wished| wished == step), "{wish:?} was refused as {step:?}");
            assert_eq!((state, permitted), (case.stage.name(), case.permitted_names()));
        }
        Err(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn in_any_state_the_list_promises_neither_too_much_nor_too_little(wishes in wishes()) {
        for past in history(&wishes) {
            check_promises(&past);
        }
    }

    #[test]
    fn in_any_state_whatever_is_wished_is_answered_by_the_list(
        wishes in wishes(), asked in prop::collection::vec(anything(), 12),
    ) {
        for past in history(&wishes) {
            for wish in &asked {
                check_answer(&past, wish);
            }
        }
    }
}

#[test]
fn in_every_situation_the_list_promises_neither_too_much_nor_too_little() {
    for (_, past) in situations() {
        check_promises(&past);
    }
}

#[test]
fn random_histories_come_to_every_state() {
    let mut runner = TestRunner::deterministic();
    let strategy = wishes();
    let mut states = BTreeSet::new();
    let mut rounds = BTreeSet::new();
    for _ in 0..200 {
        let wishes = strategy.new_tree(&mut runner).unwrap().current();
        for past in history(&wishes) {
            states.insert(past.case().stage.name());
            rounds.insert(past.case().round);
        }
    }
    assert_eq!(states.len(), 13, "{states:?}");
    assert!(rounds.contains(&4), "{rounds:?}");
}

#[test]
fn the_steps_go_by_the_contracts_names() {
    for (name, step) in steps() {
        assert_eq!((step.name(), step_name(&step)), (name, name));
        assert!(Step::ALL.contains(&step), "{name}");
    }
    assert_eq!(steps().len(), Step::ALL.len());
}

#[test]
fn a_refusal_names_the_state_and_the_permitted_steps() {
    let past = filed();
    let rejection = past.case().not_permitted(Step::Rate);
    assert_eq!(rejection.to_string(), "ratings is not permitted while the request is filed");
    let permitted = ["triage", "suspend", "withdraw", "co-signers", "attachments"];
    assert_eq!(rejection.standing(), Some(("filed", &permitted[..])));
}
