//! What the edge makes of a rejection: its class, its word, and where the request stands.

use super::{Class, Rejection};
use crate::input::InputError;
use crate::testing::{file, filed, give_back, given, merge_into, reject, take_on, text, unregistered};
use crate::{request, review, unit};

fn class(rejection: impl Into<Rejection>) -> Class {
    rejection.into().class()
}

#[test]
fn who_may_not_is_forbidden_whatever_the_state() {
    let lead = crate::testing::unit("parks");
    for rejection in [request::Rejection::NotYours, request::Rejection::NotLead { lead }, request::Rejection::OwnWork] {
        assert_eq!(class(rejection), Class::Forbidden);
    }
}

#[test]
fn a_field_that_cannot_stand_is_named() {
    let missing = request::Rejection::Input { field: "until", error: InputError::Missing };
    assert_eq!(missing.to_string(), "until is required");
    assert_eq!(class(missing), Class::Input { field: "until" });
    assert_eq!(class(request::Rejection::UnsolvedReasonMissing), Class::Input { field: "unsolved_reason" });
    assert_eq!(class(request::Rejection::MergeIntoItself), Class::Input { field: "into" });
    assert_eq!(class(unit::Rejection::NotFound), Class::Input { field: "unit" });
}

#[test]
fn what_the_state_forbids_is_a_conflict_and_what_is_not_there_is_not_found() {
    assert_eq!(class(request::Rejection::NotFound), Class::NotFound);
    assert_eq!(class(request::Rejection::FiledBefore), Class::Conflict);
    assert_eq!(class(review::Rejection::NoRound), Class::Conflict);
    assert_eq!(class(filed().case().not_permitted(request::Step::Claim)), Class::Conflict);
}

#[test]
fn a_refused_step_names_the_state_and_the_permitted_steps() {
    let refusal = given(filed().triaged()).when(reject()).then_refused_as("not-permitted");
    let permitted = ["dispatch", "suspend", "withdraw", "co-signers", "attachments"];
    assert_eq!(refusal.standing(), Some(("triaged", &permitted[..])));
    assert_eq!(refusal.to_string(), "triage is not permitted while the request is triaged");

    let claimed = filed().triaged().pooled(1).claimed_by("parks");
    let refusal = given(claimed).when(crate::testing::claim("roads")).then_refused_as("claimed-by-another");
    assert!(matches!(refusal.standing(), Some(("claimed", [_, ..]))));
}

#[test]
fn other_refusals_name_no_state() {
    let refusals = [
        given(filed()).when(file()).then_refused_as("filed-before"),
        given(filed().with_the_fire_brigade()).when(give_back("parks")).then_refused_as("not-yours"),
        given(unregistered()).when(take_on("lamp")).then_refused_as("unit-not-found"),
    ];
    assert!(refusals.iter().all(|refusal| refusal.standing().is_none()));
}

#[test]
fn no_rejection_repeats_a_residents_words() {
    let secret = request::Command::Withdraw { reason: Some(text("my neighbour Zhao")) };
    let refusal = given(filed().done(merge_into("another"))).when(secret).then_refused_as("not-permitted");
    assert!(!format!("{refusal} {refusal:?}").contains("Zhao"));
}
