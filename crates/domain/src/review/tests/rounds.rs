//! R14, R15, R19: rounds follow one another, each with its own electorate.

use crate::review::{Event, Opened, Rating, Rejection, Status};
use crate::testing::{at, end, given, open_for, opened_for, rate, unopened, voter};

#[test]
fn r15_a_round_is_open_for_seven_days() {
    let (closes_at, invite_at) = (at("2026-11-12 00:00"), Some(at("2026-11-06 00:00")));
    let opened = Opened {
        round: 1,
        electorate: vec![voter(0), voter(1)],
        closes_at,
        invite_at,
        barred: Vec::new(),
        units: Vec::new(),
    };
    given(unopened()).when(open_for(1, 2)).then([Event::Opened(opened)]);
}

#[test]
fn a_round_opens_once() {
    given(opened_for(2)).when(open_for(1, 5)).then_nothing();
    given(opened_for(2).rated(0..2, Rating::Dissatisfied)).when(open_for(1, 2)).then_nothing();
}

#[test]
fn a_round_is_not_opened_beside_another() {
    given(opened_for(2)).when(open_for(2, 2)).then_refused(Rejection::RoundOpen { open: 1 });
}

#[test]
fn r14_in_the_next_round_everybody_votes_anew_and_who_joined_since_votes_too() {
    let past = opened_for(2).rated(0..1, Rating::Dissatisfied);
    let past = given(past.at("2026-11-05 08:00")).when(open_for(2, 3)).then_granted();
    assert_eq!((past.round().nth, past.round().status, past.round().ballots.len()), (2, Status::Open, 0));
    let past = past.done(rate(0, Rating::Satisfied)).done(rate(2, Rating::Satisfied));
    assert_eq!(past.round().tally().electorate, 3);
}

#[test]
fn the_first_rounds_timer_does_not_end_the_second() {
    let past = opened_for(2).rated(0..1, Rating::Dissatisfied).at("2026-11-05 08:00").done(open_for(2, 3));
    given(past.at("2026-12-01 08:00")).when(end(1)).then_nothing();
}

#[test]
fn an_elector_who_is_named_twice_has_one_vote() {
    let electorate = vec![voter(0), voter(0), voter(1)];
    let past =
        unopened().done(crate::review::Command::Open { round: 1, electorate, barred: Vec::new(), units: Vec::new() });
    assert_eq!(past.round().tally().electorate, 2);
}
