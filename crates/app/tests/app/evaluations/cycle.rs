//! A quarterly session from its announcement to its count (R22).

use jiff::SignedDuration;
use sandan_app::{Announce, CallOff, Caller, Casting, KeepMember, Refusal, Screen, Volunteer};
use sandan_booth::Voter;
use sandan_domain::Role;
use sandan_domain::evaluation::{Screening, Verdict, draw};
use sandan_domain::lots::hash_of;

use super::hall::{Hall, phone, units};
use crate::world::{World, fields, staff, text};

#[tokio::test]
async fn a_ballot_that_waits_when_the_vote_ends_is_not_refused_to_whoever_sends_it_again() {
    let world = World::new().await;
    let hall = Hall::open(&world, "2026-Q1", 2).await;
    let (one, other) = (hall.draws(&world.app, 0).await, hall.draws(&world.app, 1).await);
    assert_eq!(hall.casts(&world.app, &one, "satisfied").await, Ok(Casting::Waiting));
    world.clock.advance(SignedDuration::from_hours(2));
    assert_eq!(hall.casts(&world.app, &one, "satisfied").await, Ok(Casting::Waiting), "it will be written");
    let late = hall.casts(&world.app, &other, "satisfied").await.unwrap_err();
    assert_eq!(late.code(), "evaluation-voting-over");
    world.app.write_ballots().await.unwrap();
    assert_eq!(hall.casts(&world.app, &one, "satisfied").await, Ok(Casting::Recorded));
}

#[tokio::test]
async fn a_session_is_held_and_every_voter_finds_their_own_ballot() {
    let world = World::new().await;
    let hall = Hall::open(&world, "2026-Q1", 10).await;
    let mut tokens = Vec::new();
    for nth in 0..10 {
        let token = hall.draws(&world.app, nth).await;
        let rating = if nth < 4 { "dissatisfied" } else { "satisfied" };
        let casting = hall.casts(&world.app, &token, rating).await;
        assert_eq!(casting, Ok(Casting::Waiting), "somebody may still draw, or the next batch is not written");
        tokens.push((token, rating));
    }
    world.app.write_ballots().await.unwrap();
    for (token, rating) in &tokens {
        assert_eq!(hall.casts(&world.app, token, rating).await, Ok(Casting::Recorded));
    }
    let session = hall.counts(&world).await;
    let ballots = &session.poll().unwrap().ballots;
    assert!(tokens.iter().all(|(token, _)| ballots.contains_key(&token.hash().to_string())));
    assert_eq!(ballots.len(), 10);
    let results = session.results().unwrap();
    assert_eq!((results[0].valid, results[0].dissatisfied, results[0].verdict), (10, 4, Verdict::PutRight));
    assert_eq!(results[1].verdict, Verdict::Unrated);
}

#[tokio::test]
async fn where_too_many_volunteer_lots_are_drawn_that_anybody_can_draw_again() {
    let world = World::new().await;
    let hall = Hall::announced(&world, "2026-Q1", units(), 3).await;
    for nth in 0..8 {
        hall.signs_up(&world.app, nth).await.unwrap();
        hall.admits(&world.app, nth + 1).await;
    }
    world.clock.advance(SignedDuration::from_hours(24 * 8));
    let committed = hall.session(&world.app).await.seed_hash;
    world.app.draw_lots(&staff(Role::Dispatcher), hall.id).await.unwrap();
    let session = hall.session(&world.app).await;
    let lots = session.lots().unwrap();
    assert_eq!(hash_of(&lots.seed), committed);
    assert_eq!(lots.chosen, draw(&lots.seed, &[1, 2, 3, 4, 5, 6, 7, 8], 3));
    assert!(lots.by_lot);
}

#[tokio::test]
async fn the_committee_sees_who_volunteers_and_a_refused_one_sees_why() {
    let world = World::new().await;
    let hall = Hall::announced(&world, "2026-Q1", units(), 5).await;
    let code = hall.signs_up(&world.app, 0).await.unwrap();
    let refuse = |reason| Screen { number: Some(1), admitted: Some(false), reason };
    let desk = staff(Role::Dispatcher);
    let silent = world.app.screen(&desk, hall.id, refuse(None)).await.unwrap_err();
    assert_eq!(silent.code(), "evaluation-reason-needed");
    world.app.screen(&desk, hall.id, refuse(text("Lives elsewhere"))).await.unwrap();
    let lines = world.app.volunteers(&desk, hall.id).await.unwrap();
    assert_eq!((lines[0].phone.as_deref(), lines[0].screening), (Some(&*phone(0)), Screening::Refused));
    let (id, person) = world.app.volunteer_of(&code.to_lowercase()).await.unwrap();
    assert_eq!(id, hall.id);
    let own = world.app.volunteer(id, person).await.unwrap();
    assert_eq!(own.reason.as_deref(), Some("Lives elsewhere"));
    assert_eq!(world.app.volunteers(&Caller::resident(), hall.id).await.unwrap_err().code(), "not-signed-in");
}

#[tokio::test]
async fn one_phone_signs_up_once_and_is_never_told_the_code_of_another() {
    let world = World::new().await;
    let hall = Hall::announced(&world, "2026-Q1", units(), 5).await;
    hall.signs_up(&world.app, 0).await.unwrap();
    assert_eq!(hall.signs_up(&world.app, 0).await.unwrap_err().code(), "evaluation-volunteered-before");
    let own = Volunteer { name: text("Li"), phone: text(&phone(1)), works_for: text("roads"), email: None };
    let own = world.app.sign_up(&Caller::resident(), hall.id, own).await;
    assert_eq!(own.unwrap_err().code(), "evaluation-own-work");
    let unknown = Volunteer { name: text("Li"), phone: text(&phone(1)), email: None, works_for: text("zzz") };
    assert_eq!(fields(world.app.sign_up(&Caller::resident(), hall.id, unknown).await), ["works_for"]);
}

async fn works_for(world: &World, unit: &str, nth: usize) {
    let member =
        KeepMember { community: text("elm"), unit: text(unit), phone: text(&phone(nth)), ..Default::default() };
    world.app.keep_member(&staff(Role::Administrator), member).await.unwrap();
}

#[tokio::test]
async fn whoever_works_for_a_rated_unit_neither_signs_up_nor_votes_though_they_keep_silent_about_it() {
    let world = World::new().await;
    works_for(&world, "roads", 7).await;
    let hall = Hall::open(&world, "2026-Q1", 2).await;
    let another = Hall::announced(&world, "2026-Q2", units(), 5).await;
    assert_eq!(another.signs_up(&world.app, 7).await.unwrap_err().code(), "evaluation-own-work");
    another.signs_up(&world.app, 8).await.unwrap();
    // Somebody who came to the unit after signing up.
    works_for(&world, "water", 1).await;
    let voter = Voter::new(hall.id.0, &hall.key(&world.app).await).unwrap();
    let refused = hall.signs(&world.app, &hall.codes[1], voter.blinded()).await.unwrap_err();
    assert_eq!(refused.code(), "evaluation-own-work");
    hall.draws(&world.app, 0).await;
}

#[tokio::test]
async fn after_the_count_a_token_is_refused_for_what_it_is() {
    let world = World::new().await;
    let hall = Hall::open(&world, "2026-Q1", 2).await;
    let voter = Voter::new(hall.id.0, &hall.key(&world.app).await).unwrap();
    hall.counts(&world).await;
    for code in &hall.codes {
        let refused = hall.signs(&world.app, code, voter.blinded()).await.unwrap_err();
        assert_eq!(refused.code(), "evaluation-closed-before");
    }
}

#[tokio::test]
async fn an_announcement_names_every_field_that_cannot_stand_and_there_is_one_an_occasion() {
    let world = World::new().await;
    let desk = staff(Role::Dispatcher);
    let empty = world.app.announce(&desk, Announce { community: text("elm"), ..Announce::default() }).await;
    assert_eq!(fields(empty), ["occasion", "subjects", "criteria", "places", "sign_up_until"]);
    Hall::announced(&world, "2026-Q1", units(), 5).await;
    let again = Announce {
        community: text("elm"),
        occasion: text("2026-Q1"),
        subjects: units(),
        criteria: text("The same"),
        places: Some(5),
        sign_up_until: text("2026-12-01"),
    };
    assert_eq!(world.app.announce(&desk, again).await.unwrap_err().code(), "evaluation-announced-before");
    let listed = world.app.evaluations(&"elm".parse().unwrap()).await.unwrap();
    assert_eq!(listed.len(), 1);
}

#[tokio::test]
async fn an_evaluation_that_is_called_off_frees_its_occasion_and_stays_in_the_list() {
    let world = World::new().await;
    let desk = staff(Role::Dispatcher);
    let first = Hall::announced(&world, "2026-Q1", units(), 5).await.id;
    let off = CallOff { reason: text("The wrong quarter") };
    let bare = world.app.call_off(&desk, first, CallOff::default()).await;
    assert!(matches!(bare, Err(Refusal::Invalid(_))), "{bare:?}");
    world.app.call_off(&desk, first, off.clone()).await.unwrap();
    assert_eq!(world.app.evaluation(first).await.unwrap().called_off(), Some("The wrong quarter"));
    let sign_up = Volunteer { name: text("Wang"), phone: text("13800138000"), ..Volunteer::default() };
    let refused = world.app.sign_up(&Caller::resident(), first, sign_up).await.unwrap_err();
    assert_eq!(refused.code(), "evaluation-called-off");
    assert_eq!(refused.permitted(), Some(("called_off", &[][..])));
    let second = Hall::announced(&world, "2026-Q1", units(), 5).await.id;
    assert_eq!(world.app.call_off(&desk, first, off).await.unwrap_err().code(), "evaluation-called-off");
    let listed = world.app.evaluations(&"elm".parse().unwrap()).await.unwrap();
    assert_eq!(listed.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [second, first]);
}
