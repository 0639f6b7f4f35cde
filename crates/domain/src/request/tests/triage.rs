//! R7, R19: triage, and what the desk may not reject.

use super::not_permitted;
use crate::request::{Command, Event, Rejected, Rejection, Step, TriageDecision, Triaged, Urgency, Withdrawn};
use crate::testing::{accept, category, filed, given, reject, text, withdraw, words};

fn accept_as(name: &str, urgency: Option<Urgency>) -> Command {
    let reason = Some(text("by the look of it"));
    let public_title = Some(text("A lamp"));
    Command::Triage(TriageDecision::Accept { category: Some(category(name)), urgency, reason, public_title })
}

#[test]
fn triage_gives_category_urgency_and_a_public_title_in_the_desks_own_words() {
    let triaged = Triaged {
        category: Some(category("城乡建设")),
        urgency: Urgency::Urgent,
        reason: Some(words("by the look of it")),
        public_title: Some("A lamp".to_owned()),
    };
    let past = given(filed()).when(accept_as("城乡建设", Some(Urgency::Urgent))).then([Event::Triaged(triaged)]);
    assert_eq!(past.case().category, Some(category("城乡建设")));
    assert_eq!(past.case().urgency, Urgency::Urgent);
}

#[test]
fn triage_keeps_what_it_does_not_change() {
    let past = filed().done(accept_as("城乡建设", Some(Urgency::Urgent))).dispatched_to("parks").returned_by("parks");
    let past = given(past).when(accept()).then_granted();
    assert_eq!(past.case().category, Some(category("城乡建设")));
    assert_eq!(past.case().urgency, Urgency::Urgent);
}

#[test]
fn a_rejection_says_why_and_ends_it() {
    let past = given(filed()).when(reject()).then([Event::Rejected(Rejected { reason: words("not ours") })]);
    given(past).when(accept()).then_refused(not_permitted(Step::Triage, "rejected", &[]));
}

#[test]
fn what_is_triaged_is_not_triaged_again() {
    let permitted = ["dispatch", "suspend", "withdraw", "co-signers", "attachments"];
    given(filed().triaged()).when(accept()).then_refused(not_permitted(Step::Triage, "triaged", &permitted));
}

#[test]
fn r19_what_residents_sent_back_is_not_rejected() {
    let past = filed().with_the_fire_brigade().sent_back_to_triage();
    let permitted = past.case().permitted_names();
    assert!(permitted.contains(&"triage"));
    given(past).when(reject()).then_refused(Rejection::NotRejectedInRework { state: "returned", permitted });
}

#[test]
fn a_resident_withdraws_it_before_completion() {
    given(filed().with_the_fire_brigade()).when(withdraw()).then([Event::Withdrawn(Withdrawn { reason: None })]);
}

#[test]
fn nobody_withdraws_what_was_completed_once() {
    let completed = filed().with_the_fire_brigade().completed_by("fire-brigade");
    let permitted = ["verify", "co-signers", "attachments"];
    given(completed).when(withdraw()).then_refused(not_permitted(Step::Withdraw, "completed", &permitted));
    let rework = filed().with_the_fire_brigade().sent_back();
    given(rework).when(withdraw()).then_refused_as("not-permitted");
}
