//! Announcing, signing up, screening and the lots (R22).

use proptest::prelude::*;

use super::*;
use crate::evaluation::{Drawn, Event, Rejection, Screening, draw};

fn reason(words: &str) -> Option<crate::Text> {
    Some(text(words))
}

#[test]
fn what_must_be_public_is_checked_when_it_is_announced() {
    let units = || vec![subject("parks", SubjectKind::Unit)];
    let sent = |occasion, subjects, places| Command::Announce(Box::new(announcement(occasion, subjects, places)));
    let past = Past::<Evaluation>::nothing;
    past().when(sent(QUARTER, vec![], 5)).then_refused_as("evaluation-subjects");
    past().when(sent(QUARTER, [units(), units()].concat(), 5)).then_refused_as("evaluation-subjects");
    past().when(sent(QUARTER, units(), 0)).then_refused(Rejection::NoPlaces);
    let officer = vec![subject("secretary", SubjectKind::Officer)];
    past().when(sent(QUARTER, officer.clone(), 5)).then_refused_as("evaluation-not-a-unit");
    past().when(sent(Occasion::Year { year: 2026 }, officer, 5)).then_granted();
    past().at("2026-11-09 00:00").when(sent(QUARTER, units(), 5)).then_refused_as("evaluation-sign-up-in-the-past");
    past().when(sign_up(1)).then_refused(Rejection::NotFound);
    announced(5).when(sent(QUARTER, units(), 5)).then_refused(Rejection::AnnouncedBefore);
}

#[test]
fn one_phone_signs_up_once_in_time_and_never_for_its_own_work() {
    let past = announced(5).done(sign_up(1)).done(sign_up(2));
    assert_eq!(past.session().volunteers[&volunteer(2)].number, 2);
    past.clone().when(sign_up(1)).then_refused(Rejection::VolunteeredBefore);
    let (name, phone, email) = Default::default();
    let own = SignUp { person: volunteer(3), name, phone, email, works_for: Some(slug("parks")) };
    let other = SignUp { works_for: Some(slug("library")), ..own.clone() };
    past.clone().when(Command::Volunteer(own)).then_refused(Rejection::OwnWork { subject: slug("parks") });
    past.clone().when(Command::Volunteer(other)).then_granted();
    past.at("2026-11-09 00:00").when(sign_up(3)).then_refused_as("evaluation-sign-up-over");
}

#[test]
fn a_refusal_has_a_reason_and_can_be_taken_back_until_the_lots_are_drawn() {
    let refuse = |nth, why| Command::Screen { person: volunteer(nth), admitted: false, reason: why };
    let past = announced(5).done(sign_up(1)).done(sign_up(2)).done(admit(2));
    past.clone().when(refuse(1, None)).then_refused(Rejection::ReasonNeeded);
    past.clone().when(refuse(7, reason("?"))).then_refused(Rejection::NoSuchVolunteer);
    let refused = past.done(refuse(1, reason("lives elsewhere")));
    assert_eq!(refused.session().volunteers[&volunteer(1)].screening, Screening::Refused);
    refused.clone().when(admit(2)).then_nothing();
    let again = refused.done(admit(1)).at("2026-11-10 08:00").done(lots());
    assert_eq!(again.session().admitted(), [1, 2]);
    again.when(refuse(1, reason("late"))).then_refused(Rejection::DrawnBefore);
}

#[test]
fn lots_are_drawn_from_the_committed_seed_once_all_are_screened() {
    let past = (1..=4).fold(announced(2), |past, nth| past.done(sign_up(nth)));
    past.clone().when(lots()).then_refused_as("evaluation-sign-up-goes-on");
    let monday = past.at("2026-11-09 00:00");
    monday.clone().when(lots()).then_refused(Rejection::Unscreened { waiting: 4 });
    let screened = (1..=4).fold(monday, |past, nth| past.done(admit(nth)));
    let another = Command::Draw { seed: "a luckier one".to_owned() };
    screened.clone().when(another).then_refused(Rejection::WrongSeed);
    let chosen = draw(SEED, &[1, 2, 3, 4], 2);
    let drawn = Drawn { seed: SEED.to_owned(), chosen, by_lot: true };
    screened.when(lots()).then([Event::Drawn(drawn)]).when(lots()).then_refused(Rejection::DrawnBefore);
}

#[test]
fn where_there_are_places_for_all_all_are_chosen_and_where_nobody_is_admitted_nobody_can_vote() {
    let past = announced(2).voting(2);
    assert_eq!(past.session().lots().map(|lots| (lots.by_lot, lots.chosen.len())), Some((false, 2)));
    announced(2).at("2026-11-09 00:00").when(lots()).then_refused(Rejection::NobodyAdmitted);
}

/// By hand: `printf '%s/%s' SEED NUMBER | sha256sum` for 1 to 5, sorted.
#[test]
fn the_lots_can_be_drawn_again_with_any_tool_that_knows_sha_256() {
    assert_eq!(draw("seed", &[1, 2, 3, 4, 5], 2), BY_HAND);
    assert_eq!(hash_of("seed"), "19b25856e1c150ca834cffc8b59b23adbd0ec0389e58eb22b3b64768098d002b");
}

const BY_HAND: [u32; 2] = [3, 4];

proptest! {
    #[test]
    fn the_lots_hang_on_seed_and_numbers_alone(
        seed in ".{0,40}", numbers in proptest::collection::btree_set(1u32..10_000, 1..60), places in 1usize..80,
    ) {
        let rising: Vec<u32> = numbers.iter().copied().collect();
        let falling: Vec<u32> = numbers.iter().rev().copied().collect();
        let chosen = draw(&seed, &rising, places);
        prop_assert_eq!(&draw(&seed, &falling, places), &chosen);
        prop_assert_eq!(chosen.len(), places.min(rising.len()));
        prop_assert!(chosen.iter().all(|number| numbers.contains(number)));
        prop_assert!(chosen.is_sorted());
        // Whoever is left out leaves everybody else's lot as it was.
        let without: Vec<u32> = rising.iter().copied().filter(|number| !chosen.contains(number)).collect();
        let further = draw(&seed, &without, usize::MAX);
        prop_assert_eq!(further.len(), without.len());
    }
}
