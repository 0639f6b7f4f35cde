//! `SatisfactionReview` first: it decides whether work is done.

use sandan_domain::review::{
    Closed, Command, Event, Opened, Outcome, Rated, Rating, Rejection, Review, Tally, Via, Vote,
};

use super::{person, recorded, with};

fn opened(voters: u128) -> Event {
    let closes_at = "2026-03-12T00:00:00+08:00".parse().unwrap();
    let invite_at = Some("2026-03-06T00:00:00+08:00".parse().unwrap());
    Event::Opened(Opened {
        round: 1,
        electorate: (0..voters).map(person).collect(),
        closes_at,
        invite_at,
        barred: Vec::new(),
        units: Vec::new(),
    })
}

fn rated(nth: u128, rating: Rating) -> Event {
    let (reason, dispatch_wrong, changed, late) = (None, false, false, false);
    Event::Rated(Rated {
        round: 1,
        person: person(nth),
        rating,
        reason,
        dispatch_wrong,
        changed,
        late,
        reasons: Vec::new(),
        remedy: None,
        via: Via::Web,
    })
}

fn rate(nth: u128, rating: Rating) -> Command {
    Command::Rate(Vote::new(person(nth), rating))
}

fn closed(outcome: Outcome, (electorate, valid, dissatisfied): (u32, u32, u32), early: bool) -> Event {
    let tally = Tally { electorate, valid, dissatisfied, dispatch_wrong: 0 };
    Event::Closed(Closed { round: 1, outcome, tally, from_triage: false, early })
}

fn given(voters: u128, dissatisfied: u128, satisfied: u128) -> Vec<Event> {
    let against = (0..dissatisfied).map(|nth| rated(nth, Rating::Dissatisfied));
    let for_it = (dissatisfied..dissatisfied + satisfied).map(|nth| rated(nth, Rating::Satisfied));
    [opened(voters)].into_iter().chain(against).chain(for_it).collect()
}

#[test]
fn a_round_opens_for_all_who_joined() {
    let command =
        Command::Open { round: 1, electorate: (0..3).map(person).collect(), barred: Vec::new(), units: Vec::new() };
    with::<Review>().given_no_previous_events().when(command).then_expect_events(recorded::<Review>([opened(3)]));
}

#[test]
fn exactly_thirty_percent_pass() {
    with::<Review>()
        .given(recorded::<Review>(given(10, 3, 6)))
        .when(rate(9, Rating::BasicallySatisfied))
        .then_expect_events(recorded::<Review>([
            rated(9, Rating::BasicallySatisfied),
            closed(Outcome::Passed, (10, 10, 3), false),
        ]));
}

#[test]
fn more_than_thirty_percent_order_rework_as_soon_as_it_is_certain() {
    with::<Review>()
        .given(recorded::<Review>(given(13, 3, 5)))
        .when(rate(12, Rating::VeryDissatisfied))
        .then_expect_events(recorded::<Review>([
            rated(12, Rating::VeryDissatisfied),
            closed(Outcome::Rework, (13, 9, 4), true),
        ]));
}

#[test]
fn a_stranger_has_no_vote() {
    with::<Review>()
        .given(recorded::<Review>([opened(3)]))
        .when(rate(3, Rating::Satisfied))
        .then_expect_error(Rejection::NotInElectorate { round: 1 }.into());
}

#[test]
fn before_a_round_there_is_nothing_to_rate() {
    with::<Review>()
        .given_no_previous_events()
        .when(rate(0, Rating::Satisfied))
        .then_expect_error(Rejection::NoRound.into());
}
