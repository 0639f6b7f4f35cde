//! R15, R16, R18: when a round ends, and how.

use super::{closed, rated};
use crate::review::{Event, Outcome, Rated, Rating, Rejection, Status};
use crate::testing::{end, given, opened_for, rate, unopened};

#[test]
fn r15_the_round_ends_when_all_have_voted() {
    let past = opened_for(10).rated(0..9, Rating::Satisfied);
    let past = given(past)
        .when(rate(9, Rating::Dissatisfied))
        .then([Event::Rated(rated(9, Rating::Dissatisfied)), closed(Outcome::Passed, (1, 10, 10), false)]);
    assert_eq!(past.round().status, Status::Closed(Outcome::Passed));
}

#[test]
fn r16_three_of_ten_pass_and_four_of_thirteen_do_not() {
    let past = opened_for(10).rated(0..3, Rating::VeryDissatisfied).rated(3..10, Rating::BasicallySatisfied);
    assert_eq!(past.events.last(), Some(&closed(Outcome::Passed, (3, 10, 10), false)));
    let past = opened_for(13).rated(0..9, Rating::VerySatisfied).rated(9..13, Rating::VeryDissatisfied);
    assert_eq!(past.events.last(), Some(&closed(Outcome::Rework, (4, 13, 13), false)));
}

#[test]
fn r15_the_round_ends_as_soon_as_the_ballots_still_out_can_no_longer_prevent_rework() {
    let past = opened_for(10).rated(0..3, Rating::Dissatisfied);
    assert_eq!(past.round().status, Status::Open);
    let past = given(past)
        .when(rate(3, Rating::Dissatisfied))
        .then([Event::Rated(rated(3, Rating::Dissatisfied)), closed(Outcome::Rework, (4, 4, 10), true)]);
    assert_eq!(past.round().status, Status::ClosedEarly);
}

#[test]
fn r15_ballots_are_still_taken_until_the_seventh_day_and_undo_nothing() {
    let past = opened_for(10).rated(0..4, Rating::Dissatisfied).at("2026-11-11 23:59");
    let late = Event::Rated(Rated { late: true, ..rated(4, Rating::VerySatisfied) });
    let past = given(past).when(rate(4, Rating::VerySatisfied)).then([late]);
    assert_eq!((past.round().tally().valid, past.round().status), (5, Status::ClosedEarly));
    let last = (5..10).fold(past, |past, nth| past.done(rate(nth, Rating::VerySatisfied)));
    assert_eq!(last.round().status, Status::ClosedEarly, "all have voted, and nothing is undone");
}

#[test]
fn r15_a_ballot_of_a_round_that_ordered_rework_is_not_changed_any_more() {
    let past = opened_for(10).rated(0..4, Rating::Dissatisfied).done(rate(4, Rating::Satisfied));
    for nth in [0, 4] {
        given(past.clone())
            .when(rate(nth, Rating::VerySatisfied))
            .then_refused(Rejection::NoChangeAnyMore { round: 1 });
    }
    given(past.at("2026-11-12 00:00")).when(rate(5, Rating::Satisfied)).then_refused_as("round-closed");
}

#[test]
fn r15_the_round_ends_after_seven_days_with_the_ballots_it_has() {
    let past = opened_for(10).rated(0..2, Rating::Satisfied).rated(2..3, Rating::Dissatisfied);
    let past = past.at("2026-11-11 23:59:59");
    let past = given(past).when(end(1)).then_nothing().at("2026-11-12 00:00");
    given(past).when(end(1)).then([closed(Outcome::Rework, (1, 3, 10), false)]);
}

#[test]
fn r18_a_round_without_a_ballot_ends_unrated() {
    let past = opened_for(10).at("2026-11-12 00:00");
    given(past).when(end(1)).then([closed(Outcome::Unrated, (0, 0, 10), false)]);
}

#[test]
fn a_round_ends_once() {
    for past in [opened_for(2).rated(0..2, Rating::Satisfied), opened_for(10).rated(0..4, Rating::Dissatisfied)] {
        given(past.at("2026-11-12 00:00")).when(end(1)).then_nothing();
    }
}

#[test]
fn a_timer_of_another_round_ends_nothing() {
    given(opened_for(2).at("2026-11-12 00:00")).when(end(2)).then_nothing();
    given(unopened()).when(end(1)).then_refused(Rejection::NoRound);
}
