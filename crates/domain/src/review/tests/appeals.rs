//! R19a: a unit appeals a ballot; somebody independent decides; the ballot stays.

use crate::people::{Actor, Role};
use crate::review::{Command, Ground, Rating, Rejection, Status};
use crate::testing::{Past, given, open_for, opened_for, oversight, rate, staff_of, text, unit, unopened, voter};

fn appeal(round: u32, nth: u32) -> Command {
    let (person, reason) = (voter(nth), text("never lived there"));
    Command::Appeal { round, person, unit: unit("roads"), ground: Ground::Malicious, reason }
}

fn decide(nth: u32, upheld: bool) -> Command {
    Command::DecideAppeal { round: 1, person: voter(nth), upheld, reason: text("looked at") }
}

/// Two of three dissatisfied: rework was certain.
fn sent_back() -> Past<crate::review::Review> {
    opened_for(3).rated(0..1, Rating::Dissatisfied)
}

/// The same, of work that another unit did.
fn of_parks() -> Past<crate::review::Review> {
    let (electorate, units) = ((0..3).map(voter).collect(), vec![unit("parks")]);
    let open = Command::Open { round: 1, electorate, barred: Vec::new(), units };
    unopened().done(open).rated(0..1, Rating::Dissatisfied)
}

#[test]
fn r19a_the_ballot_stays_on_record_and_undoes_nothing() {
    let before = sent_back();
    for upheld in [true, false] {
        let past = before.clone().by(staff_of("roads")).done(appeal(1, 0)).by(oversight()).done(decide(0, upheld));
        assert_eq!(past.round().tally(), before.round().tally());
        assert_eq!(past.round().status, Status::ClosedEarly);
    }
}

#[test]
fn r19a_the_unit_does_not_decide_its_own_appeal_whatever_its_role() {
    let past = sent_back().done(appeal(1, 0));
    given(past.clone().by(staff_of("roads"))).when(decide(0, true)).then_refused(Rejection::OwnAppeal);
    let id = uuid::Uuid::nil();
    let masked = Actor::Staff { role: Role::Oversight, id, unit: Some(unit("roads")) };
    given(past.by(masked)).when(decide(0, true)).then_refused(Rejection::OwnAppeal);
}

#[test]
fn r19a_each_wrong_appeal_is_told_why() {
    let cases = [
        (opened_for(9).done(rate(0, Rating::Dissatisfied)), appeal(1, 0), Rejection::AppealTooEarly { round: 1 }),
        (sent_back(), appeal(1, 2), Rejection::NoBallot),
        (sent_back(), appeal(2, 0), Rejection::NoBallot),
        (sent_back().done(rate(1, Rating::Satisfied)), appeal(1, 1), Rejection::NothingToAppeal),
        (sent_back().done(appeal(1, 0)), appeal(1, 0), Rejection::AppealedBefore),
        (sent_back().done(appeal(1, 0)).by(oversight()).done(decide(0, true)), appeal(1, 0), Rejection::AppealedBefore),
        (sent_back().done(open_for(2, 3)), appeal(1, 0), Rejection::AppealTooLate { round: 1, now: 2 }),
        (sent_back(), decide(0, true), Rejection::NoAppeal),
        (of_parks(), appeal(1, 0), Rejection::NotTheUnits),
    ];
    for (past, wish, refused) in cases {
        given(past).when(wish).then_refused(refused);
    }
}

#[test]
fn r19a_an_appeal_waits_for_its_decision_over_the_next_round() {
    let past = sent_back().done(appeal(1, 0)).done(open_for(2, 3)).by(oversight()).done(decide(0, true));
    given(past).when(decide(0, true)).then_refused(Rejection::NoAppeal);
}
