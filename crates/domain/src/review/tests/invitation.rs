//! R18: silence is not satisfaction; who has not voted after three days is invited once more.

use crate::review::{Event, Invited, Rating, Rejection};
use crate::testing::{at, given, invite, opened_for, rate, unopened, voter};

/// The silent ones of the first round.
fn invited(mut voters: Vec<u32>) -> Event {
    voters.sort_by_key(|nth| voter(*nth));
    Event::Invited(Invited { round: 1, persons: voters.into_iter().map(voter).collect() })
}

#[test]
fn r18_who_is_silent_after_three_days_is_invited_once_more() {
    let past = opened_for(10).rated(0..7, Rating::Satisfied);
    let past = given(past.at("2026-11-05 23:59:59")).when(invite(1)).then_nothing();
    let past = given(past.at("2026-11-06 00:00")).when(invite(1)).then([invited(vec![7, 8, 9])]);
    given(past.at("2026-11-10 00:00")).when(invite(1)).then_nothing();
}

#[test]
fn r18_where_nobody_is_silent_nobody_is_invited() {
    let past = opened_for(2).rated(0..2, Rating::Satisfied).at("2026-11-06 00:00");
    given(past).when(invite(1)).then_nothing();
}

#[test]
fn r18_a_round_that_has_ended_invites_nobody() {
    let past = opened_for(10).rated(0..4, Rating::Dissatisfied).at("2026-11-06 00:00");
    given(past).when(invite(1)).then_nothing();
    given(opened_for(2).at("2026-11-06 00:00")).when(invite(2)).then_nothing();
    given(unopened()).when(invite(1)).then_refused(Rejection::NoRound);
}

#[test]
fn who_was_invited_votes_as_before() {
    let past = opened_for(3).at("2026-11-06 00:00").done(invite(1));
    assert_eq!(past.round().invite_at, None);
    given(past).when(rate(0, Rating::Satisfied)).then_granted();
}

#[test]
fn r18_a_round_shorter_than_the_wait_has_no_invitation() {
    let policy = crate::time::Policy { review_window: crate::time::Limit::days(3), ..crate::testing::policy() };
    let past = given(unopened().under(policy)).when(crate::testing::open_for(1, 2)).then_granted();
    assert_eq!((past.round().invite_at, past.round().closes_at), (None, at("2026-11-06 00:00")));
}
