//! Time limits that are kept by themselves, with time moved by hand.

use std::sync::Arc;

use sandan_domain::process::Promise;
use sandan_log::{Append, Command, LogError, Timer, TimerChange};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::world::{World, at};

/// The seventh working day after Monday the 2nd ends with Wednesday the 11th.
const ROUND_ENDS: &str = "2026-03-12T00:00:00+08:00";
/// The third ends with Thursday the 5th.
const INVITED: &str = "2026-03-06T00:00:00+08:00";

#[tokio::test]
async fn a_round_without_a_ballot_closes_the_request_unrated_after_seven_working_days() {
    let world = World::new().await;
    let (id, _) = world.in_review(2).await;
    world.clock.set(at("2026-03-11T23:59:59+08:00"));
    assert_eq!(world.app.keep_due_promises().await, Ok(1), "the invitation, and no end too early");
    assert_eq!(world.state(id).await, "in_review");
    world.clock.set(at(ROUND_ENDS));
    assert_eq!(world.app.keep_due_promises().await, Ok(1));
    assert_eq!(world.state(id).await, "closed");
    assert_eq!(world.log.next_timer().await, Ok(None));
    let records = world.records().await;
    let closed = records.iter().find(|record| record.kind == "sandan.review.closed").unwrap();
    let end = Promise::EndRound { request: id, round: 1 };
    assert_eq!((closed.actor.as_str(), closed.causation), ("system", Some(end.timer_id())));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_runners_fire_once() {
    let world = World::new().await;
    for _ in 0..20 {
        world.in_review(0).await;
    }
    world.clock.set(at(ROUND_ENDS));
    let fire = || {
        let app = world.app.clone();
        tokio::spawn(async move { app.keep_due_promises().await })
    };
    let (one, other) = (fire(), fire());
    one.await.unwrap().unwrap();
    other.await.unwrap().unwrap();
    assert_eq!(world.count("sandan.review.closed").await, 20);
    assert_eq!(world.count("sandan.request.closed").await, 20);
}

#[tokio::test]
async fn a_round_that_ended_earlier_has_no_timer_left() {
    let world = World::new().await;
    let (id, codes) = world.in_review(0).await;
    assert_eq!(world.log.next_timer().await, Ok(Some(at(INVITED))));
    world.rates(id, &codes[0], "satisfied").await.unwrap();
    assert_eq!(world.log.next_timer().await, Ok(None));
}

#[tokio::test]
async fn the_runner_wakes_when_time_has_come_and_stops_when_it_is_told() {
    let world = World::new().await;
    let (stop, app) = (Arc::new(Notify::new()), world.app.clone());
    let stopped = Arc::clone(&stop);
    let runner = tokio::spawn(async move { app.keep_promises(stopped.notified()).await });
    world.in_review(0).await;
    let mut head = world.log.watch();
    world.clock.set(at(ROUND_ENDS));
    let limit = std::time::Duration::from_secs(10);
    while world.count("sandan.request.closed").await == 0 {
        tokio::time::timeout(limit, head.changed()).await.expect("the promise is kept").unwrap();
    }
    stop.notify_one();
    tokio::time::timeout(limit, runner).await.expect("it stops").unwrap();
}

#[tokio::test]
async fn a_clock_that_jumps_fires_nothing_early_and_nothing_twice() {
    let world = World::new().await;
    let (first, _) = world.in_review(0).await;
    // Far ahead: all that is passed over fires. Back again: it doesn't fire once more, and what begins now is due by now.
    world.clock.set(at("2026-05-01T00:00:00+08:00"));
    assert_eq!(world.app.keep_due_promises().await, Ok(2), "invitation and end");
    world.clock.set(at("2026-03-02T09:00:00+08:00"));
    assert_eq!(world.app.keep_due_promises().await, Ok(0));
    let (second, _) = world.in_review(0).await;
    let invited = world.log.next_timer().await.unwrap().unwrap();
    world.clock.set(invited - jiff::SignedDuration::from_micros(1));
    assert_eq!(world.app.keep_due_promises().await, Ok(0), "never early");
    world.clock.set(at("2026-05-01T00:00:00+08:00"));
    assert_eq!(world.app.keep_due_promises().await, Ok(2));
    assert_eq!((world.state(first).await, world.state(second).await), ("closed", "closed"));
    for kind in ["sandan.review.invited", "sandan.review.closed", "sandan.request.closed"] {
        assert_eq!(world.count(kind).await, 2, "{kind}: one each");
    }
}

#[tokio::test]
async fn what_fell_due_while_all_was_down_fires_in_order() {
    let world = World::new().await;
    let (first, _) = world.in_review(0).await;
    world.clock.set(at("2026-03-03T09:00:00+08:00"));
    let (second, _) = world.in_review(0).await;
    world.clock.set(at("2026-05-01T00:00:00+08:00"));
    assert_eq!(world.app.keep_due_promises().await, Ok(4), "two invitations and two ends");
    let records = world.records().await;
    let closed = records.iter().filter(|record| record.kind == "sandan.review.closed");
    assert_eq!(closed.map(|record| record.stream.id).collect::<Vec<_>>(), [first.0, second.0]);
}

#[tokio::test]
async fn a_promise_that_is_void_is_released_and_one_that_is_unreadable_holds_nobody_up() {
    let world = World::new().await;
    let (id, _) = world.in_review(0).await;
    let promise = Promise::EndRound { request: sandan_domain::RequestId(Uuid::new_v4()), round: 1 };
    sets(&world, promise.timer_id(), serde_json::to_vec(&promise).unwrap()).await;
    sets(&world, Uuid::new_v4(), b"from the future".to_vec()).await;
    world.clock.set(at(ROUND_ENDS));
    assert_eq!(world.app.keep_due_promises().await, Ok(4), "these, the invitation and the end");
    assert_eq!(world.state(id).await, "closed");
    assert_eq!(world.log.next_timer().await, Ok(Some(at("2026-03-12T01:00:00+08:00"))), "it is kept for later");
}

#[tokio::test]
async fn an_idle_program_appends_nothing() {
    let world = World::new().await;
    world.in_review(0).await;
    world.app.catch_up_reactions(1_000).await.unwrap();
    let before = world.events().await;
    world.app.catch_up_reactions(1_000).await.unwrap();
    world.app.keep_due_promises().await.unwrap();
    assert_eq!(world.events().await, before, "every reaction was folded into its event's append");
}

async fn sets(world: &World, id: Uuid, body: Vec<u8>) {
    let command = Command { id: Uuid::new_v4(), fingerprint: [0; 32], outcome: Default::default() };
    let timer = Timer { id, due: at("2026-03-02T10:00:00+08:00"), body: body.into() };
    let append = Append { timers: vec![TimerChange::Set(timer)], ..Append::new(command) };
    world.log.append(append).await.map_err(|error| LogError::Storage(error.to_string())).unwrap();
}
