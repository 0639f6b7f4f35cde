//! Many at once: one wins what only one can have, and nobody's vote is lost.

use std::sync::Arc;

use futures::future::join_all;
use sandan_app::{Caller, CoSign, Dispatch};
use sandan_domain::Role;
use sandan_domain::request::Stage;
use sandan_domain::time::Policy;
use sandan_log::{SqliteLog, SqliteOptions};

use crate::world::{World, ballot, conflict, of_unit, staff};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_64_units_exactly_one_gets_a_pool_item_and_the_others_are_told_who() {
    for world in [World::new().await, on_disk().await.0] {
        for nth in 0..64 {
            world.registers(&format!("unit-{nth}"), None).await;
        }
        let id = world.files().await.request;
        world.accepts(id).await;
        world.pools(id).await;
        let claims = (0..64).map(|nth| {
            let app = world.app.clone();
            tokio::spawn(async move { app.claim(&of_unit(&format!("unit-{nth}")), id).await })
        });
        let answers: Vec<_> = join_all(claims).await.into_iter().map(Result::unwrap).collect();
        let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 63));
        let (Stage::Claimed(work), _) = (world.case(id).await.stage, ()) else { panic!("it is claimed") };
        let winner = work.holder.unit().unwrap().to_string();
        for lost in lost {
            let refusal = lost.as_ref().unwrap_err();
            assert_eq!(refusal.code(), "claimed-by-another");
            assert!(refusal.to_string().contains(&winner));
            assert_eq!(conflict(lost).0, "claimed");
        }
        assert_eq!(world.count("sandan.request.claimed").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_residents_rate_at_once_and_each_is_counted_once() {
    let world = World::new().await;
    everybody_rates(&world, 1_000).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn hundreds_rate_at_once_on_disk_and_share_their_commits() {
    let (world, _folder) = on_disk().await;
    everybody_rates(&world, 200).await;
}

async fn everybody_rates(world: &World, residents: usize) {
    let filed = world.in_work("roads").await;
    let id = filed.request;
    let joins = (1..residents).map(|_| {
        let app = world.app.clone();
        tokio::spawn(async move { app.co_sign(&Caller::resident(), id, CoSign::default()).await.unwrap() })
    });
    let mut codes: Vec<String> =
        join_all(joins).await.into_iter().map(|joined| joined.unwrap().outcome.tracking.to_string()).collect();
    codes.push(filed.tracking.to_string());
    assert_eq!(world.case(id).await.signers.len(), residents);
    world.completes(id, "roads").await;
    let votes = codes.into_iter().map(|code| {
        let app = world.app.clone();
        tokio::spawn(async move { app.rate(&Caller::resident(), id, ballot(&code, "satisfied")).await })
    });
    for vote in join_all(votes).await {
        vote.unwrap().unwrap();
    }
    assert_eq!(world.count("sandan.review.rated").await, residents);
    assert_eq!(world.count("sandan.review.closed").await, 1);
    assert_eq!(world.state(id).await, "closed", "the last of them ends the round");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn capacity_is_never_exceeded_by_claims_at_once() {
    for world in [World::new().await, on_disk().await.0] {
        world.registers("small", Some(5)).await;
        let mut ids = Vec::new();
        for _ in 0..40 {
            let id = world.files().await.request;
            world.accepts(id).await;
            world.pools(id).await;
            ids.push(id);
        }
        let claims = ids.into_iter().map(|id| {
            let app = world.app.clone();
            tokio::spawn(async move { app.claim(&of_unit("small"), id).await })
        });
        let answers: Vec<_> = join_all(claims).await.into_iter().map(Result::unwrap).collect();
        let won = answers.iter().filter(|answer| answer.is_ok()).count();
        let full = answers.iter().filter(|answer| matches!(answer, Err(refusal) if refusal.code() == "at-capacity"));
        assert_eq!((won, full.count()), (5, 35));
        assert_eq!(world.count("sandan.unit.load_taken").await, 5);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn as_many_claim_as_there_are_slots() {
    let world = World::new().await;
    for nth in 0..20 {
        world.registers(&format!("unit-{nth}"), None).await;
    }
    let id = world.files().await.request;
    world.accepts(id).await;
    let pool = Dispatch { pool: Some(true), slots: Some(3), ..Dispatch::default() };
    world.app.dispatch(&staff(Role::Dispatcher), id, pool).await.unwrap();
    let claims = (0..20).map(|nth| {
        let app = world.app.clone();
        tokio::spawn(async move { app.claim(&of_unit(&format!("unit-{nth}")), id).await })
    });
    let answers = join_all(claims).await;
    assert_eq!(answers.into_iter().filter(|answer| answer.as_ref().is_ok_and(Result::is_ok)).count(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_goes_away_in_the_middle_leaves_nothing_behind_that_others_stumble_over() {
    let (world, _folder) = on_disk().await;
    let id = world.in_work("roads").await.request;
    for _ in 0..50 {
        let app = world.app.clone();
        let join = tokio::spawn(async move { app.co_sign(&Caller::resident(), id, CoSign::default()).await });
        tokio::task::yield_now().await;
        join.abort();
        world.co_signs(id).await;
    }
    let joined = world.count("sandan.request.co_signed").await;
    assert!(joined >= 50);
    assert_eq!(world.case(id).await.signers.len(), joined + 1, "memory and log agree");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_has_no_vote_is_told_so_in_the_midst_of_a_crowd() {
    let world = World::new().await;
    let (id, codes) = world.in_review(400).await;
    let late = world.co_signs(id).await.tracking.to_string();
    let votes = codes.into_iter().skip(1).enumerate().map(|(nth, code)| {
        let (app, code) = (world.app.clone(), if nth % 10 == 0 { late.clone() } else { code });
        tokio::spawn(async move { app.rate(&Caller::resident(), id, ballot(&code, "satisfied")).await })
    });
    let answers: Vec<_> = join_all(votes).await.into_iter().map(Result::unwrap).collect();
    let late = answers.iter().filter(|answer| matches!(answer, Err(refusal) if refusal.code() == "not-in-electorate"));
    assert_eq!((answers.iter().filter(|answer| answer.is_ok()).count(), late.count()), (360, 40));
}

async fn on_disk() -> (World, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let log = SqliteLog::open(folder.path().join("log.sqlite"), SqliteOptions::default()).await.unwrap();
    (World::over(|_| Arc::new(log), Policy::standard()).await, folder)
}
