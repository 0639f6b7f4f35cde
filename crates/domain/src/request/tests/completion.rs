//! R6, R6a: an answer, solved or why not, and verification by somebody else.

use super::{not_permitted, review_opened};
use crate::people::Actor;
use crate::request::{Command, Completed, Event, Holder, Progressed, Rejection, Request, Stage, Step, Verified};
use crate::testing::{
    Past, category, complete, complete_unsolved, filed, given, open_review, policy, progress, staff_of, supervisor,
    unit, verify, words,
};
use crate::time::Policy;

fn claimed() -> Past<Request> {
    filed().with_the_fire_brigade()
}

fn completed() -> Completed {
    Completed {
        by: Holder::Unit(unit("fire-brigade")),
        round: 1,
        answer: words("it shines"),
        solved: true,
        unsolved_reason: None,
        needs_verification: false,
    }
}

#[test]
fn progress_says_who_and_how_far() {
    let progressed = Progressed { by: Holder::Unit(unit("fire-brigade")), note: words("parts ordered") };
    given(claimed()).when(progress("fire-brigade")).then([Event::Progressed(progressed)]);
}

#[test]
fn r6_completion_carries_the_answer_and_goes_to_the_desk_for_review() {
    let past = given(claimed()).when(complete("fire-brigade")).then([Event::Completed(completed())]);
    assert_eq!(past.case().owner(), Some(Holder::Desk));
    given(past).when(open_review(1)).then([review_opened(1)]);
}

#[test]
fn r6_what_is_not_solved_needs_the_reason_why() {
    given(claimed()).when(complete_unsolved("fire-brigade", None)).then_refused(Rejection::UnsolvedReasonMissing);
    let (answer, unsolved_reason) = (words("sorry"), Some(words("no parts")));
    given(claimed()).when(complete_unsolved("fire-brigade", Some("no parts"))).then([Event::Completed(Completed {
        answer,
        solved: false,
        unsolved_reason,
        ..completed()
    })]);
}

#[test]
fn nothing_is_completed_before_it_is_claimed() {
    let first = ["dispatch", "claim", "return", "suspend", "extend", "withdraw"];
    let permitted: Vec<_> = first.into_iter().chain(["unreasonable", "co-signers", "attachments"]).collect();
    given(filed().triaged().dispatched_to("fire-brigade")).when(complete("fire-brigade")).then_refused(not_permitted(
        Step::Complete,
        "dispatched",
        &permitted,
    ));
}

/// Completed in a category whose work must be confirmed.
fn to_be_verified() -> Past<Request> {
    let verified = vec![category("城乡建设")];
    let accept = crate::request::TriageDecision::Accept {
        category: Some(category("城乡建设/城市建设和市政管理")),
        urgency: None,
        reason: None,
        public_title: None,
    };
    filed()
        .under(Policy { verified, ..policy() })
        .done(Command::Triage(accept))
        .dispatched_to_team("fire-brigade", &["parks"])
        .claimed_by("fire-brigade")
}

#[test]
fn r6a_a_category_can_demand_that_the_work_is_verified() {
    let past = given(to_be_verified())
        .when(complete("fire-brigade"))
        .then([Event::Completed(Completed { needs_verification: true, ..completed() })]);
    let verified = Verified { confirmed: true, note: Some(words("went there")) };
    let past = given(past.by(supervisor())).when(verify(true)).then([Event::Verified(verified)]);
    assert!(matches!(past.case().stage, Stage::Completed(_)));
    given(past).when(open_review(1)).then([review_opened(1)]);
}

#[test]
fn r6a_nobody_verifies_their_own_work() {
    let past = to_be_verified().completed_by("fire-brigade");
    for handler in ["fire-brigade", "parks"] {
        given(past.clone().by(staff_of(handler))).when(verify(true)).then_refused(Rejection::OwnWork);
    }
    given(past.by(staff_of("roads"))).when(verify(true)).then_granted();
}

#[test]
fn r6a_what_is_not_confirmed_goes_on_being_worked_on() {
    let past = to_be_verified().completed_by("fire-brigade").done(verify(false));
    assert_eq!(past.case().stage.name(), "claimed");
    assert_eq!(past.case().stage.engaged(), ["fire-brigade", "parks"].map(unit));
    let past = past.completed_by("fire-brigade").in_review().done(crate::testing::order_rework());
    let past = past.completed_by("fire-brigade").done(verify(false));
    assert_eq!(past.case().stage.name(), "rework");
}

#[test]
fn a_review_opens_once_for_its_own_round() {
    let past = claimed().completed_by("fire-brigade").by(Actor::System);
    given(past.clone()).when(open_review(2)).then_refused_as("not-permitted");
    let past = past.in_review();
    given(past.clone()).when(open_review(1)).then_nothing();
    given(past).when(open_review(2)).then_refused_as("not-permitted");
}
