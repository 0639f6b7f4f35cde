//! R12, R19, R20: back into the furnace, with whom, until when, and who may end it.

use super::situations::{in_review, rework, third_rework};
use super::{closed, due, escalated, not_permitted, rework_ordered};
use crate::people::Level;
use crate::request::{Closed, Closing, Event, Holder, Step};
use crate::testing::{
    accept, claim, close, close_dissatisfied, complete, dispatch_to, extend_until, filed, give_back, given,
    order_rework, order_rework_from_triage, progress, suspend_until, unit, words,
};
use crate::time::{Due, Limit};

/// R12's limit, ordered on the first day.
fn seven_days() -> Due {
    due("2026-11-02 08:00", Limit::days(7), "2026-11-12 00:00")
}

#[test]
fn r12_rework_gets_seven_days_of_its_own() {
    given(in_review()).when(order_rework()).then([rework_ordered(2, seven_days(), false)]);
}

#[test]
fn r19_the_same_unit_progresses_completes_and_returns_at_once_without_a_claim() {
    assert_eq!(rework().case().owner(), Some(Holder::Unit(unit("fire-brigade"))));
    given(rework()).when(progress("fire-brigade")).then_granted();
    given(rework()).when(give_back("fire-brigade")).then_granted();
    let past = given(rework()).when(complete("fire-brigade")).then_granted();
    assert!(matches!(past.events.last(), Some(Event::Completed(completed)) if completed.round == 2));
    given(rework()).when(claim("fire-brigade")).then_refused_as("not-permitted");
}

#[test]
fn r19_the_dispatcher_may_choose_another_within_the_same_limit() {
    let past = given(rework().after_hours(24)).when(dispatch_to("parks")).then_granted();
    assert_eq!(past.case().due, seven_days());
    assert_eq!(past.case().round, 2);
    given(past).when(claim("parks")).then_granted();
}

#[test]
fn r12_rework_is_never_extended_however_it_is_dispatched() {
    let later = seven_days().at + jiff::SignedDuration::from_hours(24);
    let pasts = [rework(), rework().dispatched_to("parks"), rework().dispatched_to("parks").claimed_by("parks")];
    for past in pasts {
        assert!(!past.case().permitted().contains(&Step::Extend));
        given(past).when(extend_until(later)).then_refused_as("not-permitted");
    }
}

#[test]
fn r11_rework_can_be_suspended() {
    let past = given(rework()).when(suspend_until(seven_days().at)).then_granted();
    assert_eq!(past.resumed().case().stage, rework().case().stage);
}

#[test]
fn r20_where_the_dispatch_was_wrong_the_rework_starts_at_triage() {
    let past = given(in_review()).when(order_rework_from_triage()).then([rework_ordered(2, seven_days(), true)]);
    assert_eq!(past.case().stage.name(), "returned");
    assert_eq!(past.case().owner(), Some(Holder::Desk));
    assert_eq!(past.case().returns, 0, "no unit handed it back");
    let past = given(past).when(accept()).then_granted();
    let past = given(past).when(dispatch_to("parks")).then_granted();
    assert_eq!(past.case().due, seven_days());
}

#[test]
fn r19_the_second_rework_is_escalated_as_well_and_only_that_one() {
    let second = rework().completed_by("fire-brigade").in_review();
    let past =
        given(second).when(order_rework()).then([rework_ordered(3, seven_days(), false), escalated(Level::Branch)]);
    let third = past.completed_by("fire-brigade").in_review();
    given(third).when(order_rework()).then([rework_ordered(4, seven_days(), false)]);
}

#[test]
fn r19_before_the_third_rework_not_even_the_oversight_board_ends_it() {
    for past in [rework(), rework().sent_back()] {
        assert!(!past.case().permitted().contains(&Step::Close));
        given(past).when(close_dissatisfied()).then_refused_as("not-permitted");
    }
}

#[test]
fn r19_from_the_third_rework_on_the_oversight_board_may_close_it_dissatisfied() {
    let ended =
        || Closed { closing: Closing::Dissatisfied, reason: Some(words("nothing more can be done")), project: None };
    let third = third_rework;
    let pasts = [
        third(),
        third().returned_by("fire-brigade"),
        third().returned_by("fire-brigade").triaged(),
        third().dispatched_to("parks"),
        third().dispatched_to("parks").claimed_by("parks"),
        third().sent_back(),
        third().suspended(),
    ];
    for past in pasts {
        assert!(past.case().permitted().contains(&Step::Close), "{}", past.case().stage.name());
        given(past).when(close_dissatisfied()).then([Event::Closed(ended())]);
    }
}

#[test]
fn r19_while_residents_review_it_the_board_waits_for_them() {
    let past = third_rework().completed_by("fire-brigade").in_review();
    given(past.clone()).when(close_dissatisfied()).then_refused(not_permitted(
        Step::Close,
        "in_review",
        &["ratings", "co-signers", "attachments"],
    ));
    given(past).when(close(Closing::Satisfied)).then([closed(Closing::Satisfied)]);
}

#[test]
fn only_a_review_closes_or_sends_back() {
    for wish in [close(Closing::Satisfied), close(Closing::Unrated), order_rework()] {
        given(filed().with_the_fire_brigade()).when(wish.clone()).then_refused_as("not-permitted");
        given(rework()).when(wish).then_refused_as("not-permitted");
    }
}

#[test]
fn r18_a_round_without_a_ballot_closes_it_unrated() {
    given(in_review()).when(close(Closing::Unrated)).then([closed(Closing::Unrated)]);
}
