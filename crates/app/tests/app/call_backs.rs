//! R18: a sample of the unrated, from a seed that was committed to before the period began.

use sandan_app::{CallBack, CommitCallbacks, Refusal};
use sandan_domain::lots::{draw, hash_of};
use sandan_domain::{CallbackId, Event, RequestId, Role, callback};

use crate::world::{World, at, staff, text};

/// The first of the month after the world's beginning, and two weeks on.
const FROM: &str = "2026-03-09";
const TO: &str = "2026-03-23";

fn commit(from: &str, to: &str, size: i64) -> CommitCallbacks {
    CommitCallbacks { community: text("elm"), from: text(from), to: text(to), size: Some(size) }
}

/// Requests that close unrated on 12 March.
async fn unrated(world: &World, count: usize) -> Vec<RequestId> {
    let mut ids = Vec::new();
    for _ in 0..count {
        ids.push(world.in_review(0).await.0);
    }
    ids
}

async fn published(world: &World) -> (callback::Committed, callback::Drawn) {
    let (mut committed, mut drawn) = (None, None);
    for record in world.records().await {
        match Event::decode(&record.kind, record.schema, &record.body) {
            Ok(Event::Callback(callback::Event::Committed(event))) => committed = Some(event),
            Ok(Event::Callback(callback::Event::Drawn(event))) => drawn = Some(event),
            _ => {}
        }
    }
    (committed.unwrap(), drawn.unwrap())
}

fn code(refusal: Refusal) -> String {
    match refusal {
        Refusal::Invalid(fields) => fields.iter().map(|field| field.field.as_str()).collect::<Vec<_>>().join(","),
        refusal => refusal.code().to_owned(),
    }
}

#[tokio::test]
async fn the_sample_is_drawn_from_what_closed_unrated_in_the_period_and_anyone_can_draw_it_again() {
    let world = World::new().await;
    let board = staff(Role::Oversight);
    let id = world.app.commit_callbacks(&board, commit(FROM, TO, 2)).await.unwrap().outcome.id;
    let mut ids = unrated(&world, 4).await;
    let (rated, codes) = world.in_review(0).await;
    world.rates(rated, &codes[0], "satisfied").await.unwrap();
    world.clock.set(at("2026-03-12T00:00:00+08:00"));
    world.app.keep_due_promises().await.unwrap();
    assert_eq!(code(world.app.draw_callbacks(&board, id).await.unwrap_err()), "callback-period-not-over");
    world.clock.set(at("2026-03-23T00:00:00+08:00"));
    world.app.draw_callbacks(&board, id).await.unwrap();
    let (committed, drawn) = published(&world).await;
    ids.sort_unstable();
    assert_eq!(drawn.candidates, ids);
    assert_eq!(hash_of(&drawn.seed), committed.hash);
    assert_eq!(drawn.sample, draw(&drawn.seed, &drawn.candidates, 2));
    assert_eq!(code(world.app.draw_callbacks(&board, id).await.unwrap_err()), "callback-drawn-before");
    // The outcome is recorded, and is no ballot.
    let ballots = world.count("sandan.review.rated").await;
    let (called, other) = (drawn.sample[0], ids.iter().find(|id| !drawn.sample.contains(id)).unwrap());
    let call = |request: RequestId, outcome: &str, answer: Option<&str>| CallBack {
        request: text(&request.to_string()),
        outcome: text(outcome),
        answer: answer.map(str::to_owned),
        note: text("Was away"),
    };
    let hotline = staff(Role::Hotline);
    world.app.call_back(&hotline, id, call(called, "reached", Some("dissatisfied"))).await.unwrap();
    assert_eq!((world.count("sandan.review.rated").await, world.state(called).await), (ballots, "closed"));
    for (input, expected) in [
        (call(*other, "reached", None), "callback-not-in-sample"),
        (call(called, "no_answer", Some("satisfied")), "answer"),
        (call(called, "asleep", None), "outcome"),
        (CallBack { request: text("x"), ..call(called, "reached", None) }, "request"),
    ] {
        assert_eq!(code(world.app.call_back(&hotline, id, input).await.unwrap_err()), expected);
    }
    assert_eq!(code(world.app.call_back(&board, id, call(called, "reached", None)).await.unwrap_err()), "forbidden");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn when_the_period_is_over_the_sample_is_drawn_by_itself_and_once() {
    let world = World::new().await;
    world.app.commit_callbacks(&staff(Role::Oversight), commit(FROM, TO, 2)).await.unwrap();
    let mut ids = unrated(&world, 4).await;
    world.clock.set(at("2026-03-12T00:00:00+08:00"));
    world.app.keep_due_promises().await.unwrap();
    world.clock.set(at("2026-03-23T00:00:59+08:00"));
    world.app.keep_due_promises().await.unwrap();
    assert_eq!(world.count("sandan.callback.drawn").await, 0, "what was decided before the end is on its way");
    world.clock.set(at("2026-03-23T00:01:00+08:00"));
    let fire = || {
        let app = world.app.clone();
        tokio::spawn(async move { app.keep_due_promises().await })
    };
    let (one, other) = (fire(), fire());
    one.await.unwrap().unwrap();
    other.await.unwrap().unwrap();
    assert_eq!(world.count("sandan.callback.drawn").await, 1);
    let (committed, drawn) = published(&world).await;
    ids.sort_unstable();
    assert_eq!((&drawn.candidates, hash_of(&drawn.seed)), (&ids, committed.hash));
    assert_eq!(drawn.sample, draw(&drawn.seed, &ids, 2));
    let records = world.records().await;
    let record = records.iter().find(|record| record.kind == "sandan.callback.drawn").unwrap();
    assert_eq!(record.actor, "system");
    assert_eq!(world.log.next_timer().await, Ok(None));
}

#[tokio::test]
async fn a_draw_by_hand_leaves_no_timer() {
    let world = World::new().await;
    let board = staff(Role::Oversight);
    let id = world.app.commit_callbacks(&board, commit(FROM, TO, 2)).await.unwrap().outcome.id;
    world.clock.set(at("2026-03-23T00:00:00+08:00"));
    world.app.draw_callbacks(&board, id).await.unwrap();
    assert_eq!(world.log.next_timer().await, Ok(None));
}

#[tokio::test]
async fn a_period_is_committed_to_once_before_it_begins_and_by_whoever_watches() {
    let world = World::new().await;
    let board = staff(Role::Oversight);
    world.app.commit_callbacks(&board, commit(FROM, TO, 2)).await.unwrap();
    for (by, input, expected) in [
        (&board, commit(FROM, TO, 3), "callback-committed-before"),
        (&board, commit("2026-03-02", TO, 2), "callback-committed-too-late"),
        (&board, commit(TO, FROM, 2), "callback-ends-before-it-begins"),
        (&board, commit(FROM, "someday", 0), "to,size"),
        (&staff(Role::Hotline), commit(FROM, TO, 2), "forbidden"),
    ] {
        assert_eq!(code(world.app.commit_callbacks(by, input).await.unwrap_err()), expected);
    }
    let nothing = CallbackId(uuid::Uuid::nil());
    assert_eq!(code(world.app.draw_callbacks(&board, nothing).await.unwrap_err()), "not-found");
}
