//! R1, R8: dispatch to units or to the pool, and the limit that it starts.

use super::due;
use crate::input::{Flaw, InputError};
use crate::request::{Command, Destination, Dispatched, Event, Holder, Rejection, Stage, Target};
use crate::testing::{
    at, claim, dispatch_to, dispatch_to_pool, dispatch_to_team, filed, given, progress, team, text, unit, words,
};
use crate::time::Limit;

fn dispatched(target: Target) -> Dispatched {
    let due = due("2026-11-02 08:00", Limit::days(15), "2026-11-24 00:00");
    // Five working days later, at the midnight that ends the Monday.
    let remind_at = Some(at("2026-11-10 00:00"));
    let fallback_at = matches!(target, Target::Pool { .. }).then(|| at("2026-11-04 00:00"));
    let (since, fallback) = (Some(at("2026-11-02 08:00")), false);
    Dispatched { target, note: None, due, binding: false, late_arrival: false, remind_at, fallback_at, since, fallback }
}

#[test]
fn r8_the_limit_of_completion_runs_from_the_dispatch() {
    let note = Some(words("please hurry"));
    let target = Destination::Units(team("fire-brigade", &["parks"]));
    let expected = Dispatched { note, ..dispatched(Target::Units(team("fire-brigade", &["parks"]))) };
    given(filed().triaged())
        .when(Command::Dispatch { target, note: Some(text("please hurry")) })
        .then([Event::Dispatched(expected)]);
}

#[test]
fn r1_of_several_units_the_first_leads_and_answers_for_it() {
    let past = given(filed().triaged()).when(dispatch_to_team("fire-brigade", &["parks"])).then_granted();
    assert_eq!(past.case().owner(), Some(Holder::Unit(unit("fire-brigade"))));
}

#[test]
fn r1_a_pooled_request_is_the_desks_until_it_is_claimed() {
    let pool = Event::Dispatched(dispatched(Target::Pool { slots: 2 }));
    let past = given(filed().triaged()).when(dispatch_to_pool(2)).then([pool]);
    assert_eq!(past.case().owner(), Some(Holder::Desk));
    assert_eq!(past.case().stage.name(), "dispatched");
}

#[test]
fn the_desk_may_think_better_of_it_until_somebody_claims_it() {
    let past = given(filed().triaged().pooled(1)).when(dispatch_to("parks")).then_granted();
    let past = given(past).when(dispatch_to("roads")).then_granted();
    given(past.claimed_by("roads")).when(dispatch_to("parks")).then_refused_as("not-permitted");
}

#[test]
fn r4_a_second_dispatch_wins_no_time() {
    let past = filed().triaged().dispatched_to("parks").after_hours(100);
    let before = past.case().due.clone();
    assert_eq!(given(past).when(dispatch_to("roads")).then_granted().case().due, before);
}

#[test]
fn a_unit_is_named_once() {
    for names in [["parks", "parks"], ["roads", "roads"], ["roads", "fire-brigade"]] {
        let answer = given(filed().triaged()).when(dispatch_to_team("fire-brigade", &names));
        let twice = if names[0] == names[1] { names[0] } else { names[1] };
        let error = InputError::malformed(Flaw::Twice { what: twice.to_string() });
        answer.then_refused(Rejection::Input { field: "units", error });
    }
}

#[test]
fn a_pool_is_open_to_one_to_a_hundred_units() {
    for slots in [0, 101] {
        let error = InputError::OutOfRange { min: 1, max: 100 };
        given(filed().triaged()).when(dispatch_to_pool(slots)).then_refused(Rejection::Input { field: "slots", error });
    }
    let past = given(filed().triaged()).when(dispatch_to_pool(100)).then_granted();
    assert_eq!(past.case().stage, Stage::Pooled { slots: 100 });
}

#[test]
fn r1_only_the_lead_claims_what_was_sent_to_a_team() {
    let past = || filed().triaged().dispatched_to_team("fire-brigade", &["parks"]);
    given(past()).when(claim("parks")).then_refused(Rejection::NotLead { lead: unit("fire-brigade") });
    given(past()).when(claim("roads")).then_refused(Rejection::NotYours);
    let past = given(past()).when(claim("fire-brigade")).then([super::claimed("fire-brigade", true)]);
    given(past).when(progress("parks")).then_granted();
}
