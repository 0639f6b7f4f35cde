//! Every channel: on a page, by the hotline, on paper; and who may not vote by any (R14, R18).

use crate::review::{CallOutcome, Command, Event, Rating, Rejection, Via, Vote};
use crate::testing::{end, given, opened_for, rate, staff_of, unit, unopened, voter};

fn entered(nth: u32, rating: Rating, via: Via) -> Command {
    Command::Rate(Vote { via, ..Vote::new(voter(nth), rating) })
}

fn call(nth: u32) -> Command {
    Command::Call { person: voter(nth), outcome: CallOutcome::NoAnswer, note: None }
}

#[test]
fn a_ballot_says_how_it_came_in_and_counts_all_the_same() {
    let past = opened_for(4).done(entered(0, Rating::Satisfied, Via::Paper)).done(entered(
        1,
        Rating::Dissatisfied,
        Via::Phone,
    ));
    let vias: Vec<Via> = past.round().ballots.values().map(|ballot| ballot.via).collect();
    assert_eq!(vias.iter().filter(|via| via.is_entered()).count(), 2);
    assert_eq!((past.round().tally().valid, past.round().tally().dissatisfied), (2, 1));
}

#[test]
fn r14_the_staff_do_not_write_over_what_a_resident_cast_and_the_resident_may_correct_the_staff() {
    let cast = opened_for(9).done(rate(0, Rating::Dissatisfied));
    for via in Via::ALL.into_iter().filter(|via| via.is_entered()) {
        let refused = Rejection::CastThemselves { round: 1 };
        given(cast.clone()).when(entered(0, Rating::Satisfied, via)).then_refused(refused);
    }
    let entered = opened_for(9).done(entered(0, Rating::Satisfied, Via::Paper));
    let corrected = entered.done(rate(0, Rating::Dissatisfied));
    assert_eq!(corrected.round().tally().dissatisfied, 1);
}

#[test]
fn r14_nobody_of_the_unit_votes_and_nobody_waits_for_them() {
    let open =
        Command::Open { round: 1, electorate: (0..3).map(voter).collect(), barred: vec![voter(2)], units: Vec::new() };
    let past = unopened().done(open);
    assert_eq!(past.round().tally().electorate, 2);
    given(past.clone()).when(rate(2, Rating::VerySatisfied)).then_refused(Rejection::OfTheUnit);
    // All who may have voted: the round ends.
    let past = past.rated(0..2, Rating::Satisfied);
    assert!(matches!(past.events.last(), Some(Event::Closed(closed)) if closed.tally.electorate == 2));
}

#[test]
fn r18_a_call_is_no_ballot_and_is_made_while_ballots_are_taken() {
    let past = opened_for(2).done(call(0));
    assert_eq!(past.round().tally().valid, 0);
    given(past.clone()).when(call(5)).then_refused(Rejection::NotInElectorate { round: 1 });
    given(unopened()).when(call(0)).then_refused(Rejection::NoRound);
    let ended = past.at("2026-11-30 08:00").done(end(1));
    let closed_at = ended.round().closes_at;
    given(ended).when(call(0)).then_refused(Rejection::RoundClosed { round: 1, closed_at });
}

#[test]
fn r14_staff_of_the_unit_do_not_vote_in_a_residents_name_either() {
    let (electorate, units) = ((0..3).map(voter).collect(), vec![unit("roads")]);
    let past = unopened().done(Command::Open { round: 1, electorate, barred: Vec::new(), units });
    given(past.clone().by(staff_of("roads"))).when(rate(0, Rating::Satisfied)).then_refused(Rejection::OfTheUnit);
    past.by(staff_of("parks")).done(rate(0, Rating::Satisfied));
}
