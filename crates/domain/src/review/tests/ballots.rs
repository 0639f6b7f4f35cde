//! R14, R20: who votes, how often, and what they may mark.

use super::{closed, rated};
use crate::review::{Closed, Event, Outcome, Rated, Rating, Rejection, Tally, Vote};
use crate::testing::{given, opened_for, rate, rate_the_dispatch_wrong, text, unopened, voter};

#[test]
fn nothing_is_rated_before_a_round_is_open() {
    given(unopened()).when(rate(0, Rating::Satisfied)).then_refused(Rejection::NoRound);
}

#[test]
fn r14_each_of_the_electorate_casts_a_ballot() {
    for rating in Rating::ALL {
        given(opened_for(20)).when(rate(0, rating)).then([Event::Rated(rated(0, rating))]);
    }
}

#[test]
fn r14_who_joined_later_votes_in_the_next_round() {
    given(opened_for(3)).when(rate(3, Rating::Satisfied)).then_refused(Rejection::NotInElectorate { round: 1 });
}

#[test]
fn r14_a_ballot_can_be_changed_until_the_round_closes_and_stays_one() {
    let past = opened_for(3).done(rate(0, Rating::Satisfied));
    let changed = Rated { changed: true, ..rated(0, Rating::BasicallySatisfied) };
    let past = given(past).when(rate(0, Rating::BasicallySatisfied)).then([Event::Rated(changed)]);
    assert_eq!(past.round().tally(), Tally { electorate: 3, valid: 1, dissatisfied: 0, dispatch_wrong: 0 });
}

#[test]
fn r14_no_ballot_is_cast_or_changed_after_the_round() {
    let past = opened_for(2).rated(0..2, Rating::Satisfied);
    for nth in 0..3 {
        given(past.clone()).when(rate(nth, Rating::Dissatisfied)).then_refused_as("round-closed");
    }
    let past = opened_for(2).at("2026-11-12 00:00");
    let closed_at = past.now;
    given(past).when(rate(0, Rating::Satisfied)).then_refused(Rejection::RoundClosed { round: 1, closed_at });
}

#[test]
fn a_change_of_mind_can_send_it_back() {
    let past = opened_for(3).rated(0..2, Rating::Satisfied);
    let changed = Event::Rated(Rated { changed: true, ..rated(0, Rating::VeryDissatisfied) });
    given(past).when(rate(0, Rating::VeryDissatisfied)).then([changed, closed(Outcome::Rework, (1, 2, 3), true)]);
}

#[test]
fn the_reason_is_the_voters_own_words() {
    let reason = text("still dark");
    let vote = Vote { reason: Some(reason.clone()), ..Vote::new(voter(0), Rating::Dissatisfied) };
    let wish = crate::review::Command::Rate(vote);
    let ballot = Rated { reason: Some(reason.of(voter(0))), ..rated(0, Rating::Dissatisfied) };
    given(opened_for(20)).when(wish).then([Event::Rated(ballot)]);
}

#[test]
fn r20_the_dispatch_can_be_called_wrong_only_along_with_a_dissatisfied_answer() {
    for rating in Rating::ALL {
        let answer = given(opened_for(20)).when(rate_the_dispatch_wrong(0, rating));
        if rating.is_dissatisfied() {
            answer.then_granted();
        } else {
            answer.then_refused(Rejection::DispatchWrongWithoutDissatisfaction);
        }
    }
}

/// Of `dissatisfied` in an electorate of ten, so many say that the dispatch was wrong; the others are satisfied.
#[track_caller]
fn check_start(dissatisfied: u32, wrong: u32, from_triage: bool) {
    let past = opened_for(10).rated(dissatisfied..10, Rating::Satisfied);
    let past = (0..wrong).fold(past, |past, nth| past.done(rate_the_dispatch_wrong(nth, Rating::Dissatisfied)));
    let past = past.rated(wrong..dissatisfied, Rating::Dissatisfied);
    let Some(Event::Closed(end)) = past.events.last() else { panic!("the round ended") };
    let expected = Closed { outcome: Outcome::Rework, from_triage, ..end.clone() };
    assert_eq!(end, &expected);
}

#[test]
fn r20_above_thirty_percent_of_the_ballots_the_rework_starts_at_triage() {
    check_start(4, 4, true);
    check_start(4, 3, false);
    check_start(4, 0, false);
}

#[test]
fn r20_alone_it_orders_no_rework() {
    let past = opened_for(10).rated(3..10, Rating::Satisfied);
    let past = (0..3).fold(past, |past, nth| past.done(rate_the_dispatch_wrong(nth, Rating::Dissatisfied)));
    let Some(Event::Closed(end)) = past.events.last() else { panic!("the round ended") };
    assert_eq!((end.outcome, end.from_triage), (Outcome::Passed, false));
}
