//! 点单, 派单, 评单: the whole loop with the 30 % rule.

use sandan_app::{Caller, Close, Dispatch, Extend, Progress, Return, Rule, Suspend, Triage, Verify, Withdraw};
use sandan_domain::Role;
use sandan_domain::category::Taxonomy;
use sandan_domain::time::Policy;
use sandan_log::verify;

use crate::world::{World, a_request, conflict, done, of_unit, staff, text};

#[tokio::test]
async fn a_request_goes_round_and_is_closed_when_its_resident_is_satisfied() {
    let world = World::new().await;
    let filed = world.files().await;
    let id = filed.request;
    assert_eq!((world.state(id).await, filed.number.to_string().len()), ("filed", 9));
    world.accepts(id).await;
    assert_eq!(world.state(id).await, "triaged");
    world.dispatches(id, "roads").await;
    assert_eq!(world.state(id).await, "dispatched");
    let unit = of_unit("roads");
    assert_eq!(world.app.claim(&unit, id).await.unwrap().outcome.state, "claimed");
    world.app.progress(&unit, id, Progress { note: text("The bulb is ordered") }).await.unwrap();
    assert_eq!(world.completes(id, "roads").await.state, "in_review");
    let rated = world.rates(id, filed.tracking.as_str(), "satisfied").await.unwrap();
    assert_eq!(rated.outcome.state, "closed");
    assert!(verify(&*world.log).await.unwrap().is_ok(), "the chain is whole");
}

#[tokio::test]
async fn three_of_ten_dissatisfied_pass_and_four_of_thirteen_do_not() {
    for (voters, dissatisfied, state) in [(10, 3, "closed"), (13, 4, "rework")] {
        let world = World::new().await;
        let (id, codes) = world.in_review(voters - 1).await;
        for (nth, code) in codes.iter().enumerate() {
            let rating = if nth >= voters - dissatisfied { "dissatisfied" } else { "satisfied" };
            world.rates(id, code, rating).await.unwrap();
        }
        assert_eq!(world.state(id).await, state, "{dissatisfied} of {voters}");
    }
}

#[tokio::test]
async fn rework_stands_in_the_same_append_as_the_end_of_its_round() {
    let world = World::new().await;
    let (id, codes) = world.in_review(0).await;
    let receipt = world.rates(id, &codes[0], "very_dissatisfied").await.unwrap();
    let records = world.records().await;
    let last: Vec<_> = records.iter().rev().take(4).rev().collect();
    let kinds: Vec<&str> = last.iter().map(|record| record.kind.as_str()).collect();
    assert_eq!(
        kinds,
        ["sandan.review.rated", "sandan.review.closed", "sandan.request.rework_ordered", "sandan.unit.load_taken"]
    );
    assert!(last.iter().all(|record| record.command == last[0].command));
    assert!(last.iter().all(|record| record.correlation == last[0].correlation));
    assert_eq!(last[2].causation, Some(last[1].id), "the order is caused by the end of the round");
    assert_eq!(last[3].causation, Some(last[2].id));
    assert_eq!((receipt.position, receipt.hash), (last[3].position, last[3].hash));
    assert!(last[0].actor.starts_with("resident:") && last[2].actor == "system");
}

#[tokio::test]
async fn rework_is_worked_on_again_and_rated_again_until_the_resident_is_satisfied() {
    let world = World::new().await;
    let (id, codes) = world.in_review(0).await;
    world.rates(id, &codes[0], "dissatisfied").await.unwrap();
    assert_eq!(world.case(id).await.round, 2);
    assert_eq!(world.completes(id, "roads").await.state, "in_review", "without a claim");
    world.rates(id, &codes[0], "basically_satisfied").await.unwrap();
    assert_eq!(world.state(id).await, "closed");
}

#[tokio::test]
async fn after_the_third_rework_the_oversight_board_alone_may_close_it() {
    let world = World::new().await;
    let (id, codes) = world.in_review(0).await;
    for _ in 0..3 {
        world.rates(id, &codes[0], "dissatisfied").await.unwrap();
        if world.case(id).await.round < 4 {
            world.completes(id, "roads").await;
        }
    }
    let close = Close { reason: text("Nothing more can be done") };
    let closed = world.app.close(&staff(Role::Oversight), id, close).await.unwrap();
    assert_eq!(closed.outcome.state, "closed");
}

#[tokio::test]
async fn a_claim_takes_a_place_of_the_units_capacity_and_completion_gives_it_back() {
    let world = World::new().await;
    world.registers("small", Some(1)).await;
    let first = world.in_work("small").await;
    let second = world.files().await.request;
    world.accepts(second).await;
    world.pools(second).await;
    let refused = world.app.claim(&of_unit("small"), second).await;
    assert_eq!(conflict(refused).0, "dispatched", "it is the request's state that is named");
    world.completes(first.request, "small").await;
    world.app.claim(&of_unit("small"), second).await.unwrap();
}

#[tokio::test]
async fn two_returns_lead_to_a_ruling_that_binds() {
    let world = World::new().await;
    let id = world.in_work("roads").await.request;
    let back = || Return { reason: text("Not ours"), basis: text("Article 3") };
    world.app.give_back(&of_unit("roads"), id, back()).await.unwrap();
    world.accepts(id).await;
    world.dispatches(id, "water").await;
    world.app.give_back(&of_unit("water"), id, back()).await.unwrap();
    let rule = Rule { unit: text("roads"), reason: text("It is") };
    world.app.rule(&staff(Role::Dispatcher), id, rule).await.unwrap();
    let refused = world.app.give_back(&of_unit("roads"), id, back()).await;
    assert_eq!(conflict(refused).0, "dispatched");
}

#[tokio::test]
async fn suspended_time_does_not_count_and_one_extension_is_granted() {
    let world = World::new().await;
    let id = world.in_work("roads").await.request;
    let due = world.case(id).await.due.at;
    let supervisor = staff(Role::Supervisor);
    let suspend = Suspend { reason: text("Frost"), review_on: text("2026-03-09") };
    assert_eq!(world.app.suspend(&supervisor, id, suspend).await.unwrap().outcome.state, "suspended");
    world.clock.set("2026-03-05T09:00:00+08:00".parse().unwrap());
    assert_eq!(world.app.resume(&supervisor, id).await.unwrap().outcome.state, "claimed");
    let later = world.case(id).await.due.at;
    assert!(later > due);
    let ask = Extend { reason: text("A part is missing"), until: text("2026-06-01") };
    world.app.extend(&of_unit("roads"), id, ask).await.unwrap();
    world.app.extend(&supervisor, id, Extend::default()).await.unwrap();
    assert_eq!(world.case(id).await.due.at.to_string(), "2026-06-01T16:00:00Z", "the midnight that ends the day");
}

#[tokio::test]
async fn a_category_can_demand_that_somebody_else_confirms_the_work() {
    let category = Taxonomy::national().all().next().unwrap().clone();
    let policy = Policy { verified: vec![category.clone()], ..Policy::standard() };
    let world = World::with_policy(policy).await;
    let request = sandan_app::FileRequest { category: Some(category.to_string()), ..a_request() };
    let id = world.app.file(&Caller::resident(), request).await.unwrap().outcome.request;
    world.accepts(id).await;
    world.dispatches(id, "roads").await;
    world.app.claim(&of_unit("roads"), id).await.unwrap();
    assert_eq!(world.completes(id, "roads").await.state, "completed");
    let own = world.app.verify(&of_unit("roads"), id, Verify::default()).await.unwrap_err();
    assert_eq!(own.code(), "own-work");
    let verified = world.app.verify(&staff(Role::GridWorker), id, Verify::default()).await.unwrap();
    assert_eq!(verified.outcome.state, "in_review");
}

#[tokio::test]
async fn only_the_filer_withdraws() {
    let world = World::new().await;
    let filed = world.files().await;
    let joined = world.co_signs(filed.request).await;
    let with = |code: &str| Withdraw { tracking_code: text(code), reason: None };
    let refused = world.app.withdraw(&Caller::resident(), filed.request, with(joined.tracking.as_str())).await;
    assert_eq!(refused.unwrap_err().code(), "forbidden");
    let spoken = filed.tracking.to_string().to_lowercase();
    let gone = world.app.withdraw(&Caller::resident(), filed.request, with(&spoken)).await.unwrap();
    assert_eq!(gone.outcome.state, "withdrawn");
}

#[tokio::test]
async fn several_units_share_a_request_and_the_first_leads() {
    let world = World::new().await;
    let id = world.files().await.request;
    world.accepts(id).await;
    let units = Some(vec!["roads".to_owned(), "water".to_owned()]);
    let dispatch = Dispatch { units, ..Dispatch::default() };
    world.app.dispatch(&staff(Role::Dispatcher), id, dispatch).await.unwrap();
    world.app.claim(&of_unit("roads"), id).await.unwrap();
    world.app.progress(&of_unit("water"), id, Progress { note: text("Dug") }).await.unwrap();
    assert_eq!(world.app.complete(&of_unit("water"), id, done()).await.unwrap_err().code(), "not-lead");
    assert_eq!(world.count("sandan.unit.load_taken").await, 2);
}

#[tokio::test]
async fn one_phone_joins_once_and_is_found_by_it() {
    let world = World::new().await;
    let id = world.files().await.request;
    let join = |phone: &str| sandan_app::CoSign { name: text("Li"), phone: text(phone), email: None };
    world.app.co_sign(&Caller::resident(), id, join("138 0000 1111")).await.unwrap();
    let again = world.app.co_sign(&Caller::resident(), id, join("+86 13800001111")).await;
    assert_eq!(again.unwrap_err().code(), "joined-already");
}

#[tokio::test]
async fn a_rejected_request_says_what_else_is_permitted() {
    let world = World::new().await;
    let id = world.files().await.request;
    let reject = Triage { decision: text("reject"), reason: text("Not for us"), ..Triage::default() };
    world.app.triage(&staff(Role::Dispatcher), id, reject).await.unwrap();
    let again = Dispatch { unit: text("roads"), ..Dispatch::default() };
    let refused = world.app.dispatch(&staff(Role::Dispatcher), id, again).await;
    assert_eq!(conflict(refused), ("rejected", vec![]));
}

#[tokio::test]
async fn a_request_is_found_by_the_number_read_out() {
    let world = World::new().await;
    let filed = world.files().await;
    let spoken = filed.number.to_string();
    let spoken = format!("{} {}-{}", &spoken[..3], &spoken[3..6], &spoken[6..]);
    assert_eq!(world.app.by_number(&spoken).await, Ok(filed.request));
    assert_eq!(world.app.by_number("000000001").await.unwrap_err().code(), "not-found");
}

#[tokio::test]
async fn nobodys_words_stand_in_the_log() {
    let world = World::new().await;
    world.files().await;
    let bodies: Vec<String> =
        world.records().await.iter().map(|record| String::from_utf8_lossy(&record.body).into_owned()).collect();
    assert!(bodies.iter().any(|body| body.contains("v1.")));
    assert!(!bodies.iter().any(|body| body.contains("lamp")));
}
