//! R4: returns, the clock that runs on, the ruling that binds, and late arrivals.

use super::situations::ruled;
use crate::request::{Dispatched, Event, Rejection, Returned, Ruled, Stage, Target};
use crate::testing::{
    accept, at, dispatch_to, filed, give_back, given, rule_for, rule_without_unit, team, unit, words,
};

#[test]
fn r4_a_return_has_a_reason_and_its_basis_and_lands_in_triage() {
    let returned =
        Returned { unit: unit("parks"), reason: words("not our pipe"), basis: words("regulation 12"), nth: 1 };
    let past =
        given(filed().triaged().dispatched_to("parks")).when(give_back("parks")).then([Event::Returned(returned)]);
    assert_eq!(past.case().stage, Stage::Returned);
    given(past).when(accept()).then_granted();
}

#[test]
fn r4_it_can_be_returned_before_and_after_the_claim() {
    given(filed().triaged().dispatched_to("parks")).when(give_back("parks")).then_granted();
    given(filed().triaged().dispatched_to("parks").claimed_by("parks")).when(give_back("parks")).then_granted();
}

#[test]
fn r4_the_clock_runs_on() {
    let past = filed().triaged().dispatched_to("parks");
    let before = past.case().due.clone();
    let past = past.at("2026-11-09 08:00").returned_by("parks").triaged().at("2026-11-10 08:00").dispatched_to("roads");
    assert_eq!(past.case().due, before);
}

#[test]
fn r4_at_the_second_return_the_committee_rules_and_dispatches_with_binding_force() {
    let past = filed().returned_twice();
    let ruling = Event::Ruled(Ruled { reason: Some(words("the pipe is theirs")) });
    let dispatched = Event::Dispatched(Dispatched {
        target: Target::Units(team("fire-brigade", &[])),
        note: None,
        due: past.case().due.clone(),
        binding: true,
        late_arrival: false,
        remind_at: Some(at("2026-11-10 00:00")),
        fallback_at: None,
        since: Some(at("2026-11-02 08:00")),
        fallback: false,
    });
    given(past).when(rule_for("fire-brigade")).then([ruling, dispatched]);
}

#[test]
fn r4_a_ruling_without_a_unit_is_followed_by_a_binding_dispatch() {
    let ruling = Event::Ruled(Ruled { reason: None });
    let past = given(filed().returned_twice()).when(rule_without_unit()).then([ruling]);
    assert_eq!(past.case().stage, Stage::Triaged);
    let past = given(past).when(dispatch_to("parks")).then_granted();
    assert!(matches!(past.events.last(), Some(Event::Dispatched(Dispatched { binding: true, .. }))));
    given(past).when(give_back("parks")).then_refused_as("ruling-binds");
}

#[test]
fn r4_there_is_no_ruling_before_the_second_return() {
    given(filed().triaged().dispatched_to("parks").returned_by("parks"))
        .when(rule_for("fire-brigade"))
        .then_refused_as("not-permitted");
}

#[test]
fn r4_a_third_return_is_refused() {
    for (state, past) in [("dispatched", ruled()), ("claimed", ruled().claimed_by("fire-brigade"))] {
        let permitted = past.case().permitted_names();
        assert!(!permitted.contains(&"return"));
        given(past).when(give_back("fire-brigade")).then_refused(Rejection::RulingBinds { state, permitted });
    }
}

#[test]
fn r4_the_ruling_binds_in_rework_too() {
    let past = ruled().claimed_by("fire-brigade").sent_back();
    given(past).when(give_back("fire-brigade")).then_refused_as("ruling-binds");
}

/// Whether a unit that gets it at `local` gets it late. Of the 520 hours until the 24th, 104 are a fifth.
#[track_caller]
fn check_arrival(local: &str, is_late: bool) {
    let past = filed().triaged().dispatched_to("parks").returned_by("parks").triaged().at(local);
    let past = given(past).when(dispatch_to("roads")).then_granted();
    let Some(Event::Dispatched(dispatched)) = past.events.last() else { panic!("it was dispatched") };
    assert_eq!(dispatched.late_arrival, is_late, "{local}");
}

#[test]
fn r4_who_gets_it_with_under_a_fifth_of_the_time_left_gets_it_late() {
    check_arrival("2026-11-02 08:00", false);
    check_arrival("2026-11-19 15:59", false);
    check_arrival("2026-11-19 16:00", false);
    check_arrival("2026-11-19 16:00:00.000000001", true);
    check_arrival("2026-11-23 23:59", true);
    check_arrival("2026-12-24 08:00", true);
}
