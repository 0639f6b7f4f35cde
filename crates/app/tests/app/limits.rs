//! What the program does by itself while time passes (R3, R9, R10, R18), with time moved by hand and always two
//! who keep promises.

use sandan_app::{App, Caller, Complete, FileRequest, RegisterUnit, Suspend, Verify};
use sandan_domain::process::Promise;
use sandan_domain::request::Holder;
use sandan_domain::time::Policy;
use sandan_domain::{Category, RequestId, Role};
use sandan_log::{Append, Command, Timer, TimerChange};
use uuid::Uuid;

use crate::world::{World, a_request, at, done, of_unit, staff, text};

/// Names without what they have in common.
fn short(kind: &str) -> String {
    kind.trim_start_matches("sandan.").trim_start_matches("request.").to_owned()
}

impl World {
    /// Two runners keep what is due at this local time; answers what happened, in order.
    async fn passes_to(&self, local: &str) -> Vec<String> {
        let before = self.records().await.len();
        self.clock.set(at(&format!("{local}+08:00")));
        let keep = |app: App| tokio::spawn(async move { app.keep_due_promises().await });
        let (one, other) = (keep(self.app.clone()), keep(self.app.clone()));
        one.await.unwrap().unwrap();
        other.await.unwrap().unwrap();
        self.records().await[before..].iter().map(|record| short(&record.kind)).collect()
    }

    /// The same, midnight by midnight up to the one that begins this day of March, April being later days.
    async fn lives_to(&self, day: i64) -> Vec<(i64, String)> {
        let mut happened = Vec::new();
        for day in 3..=day {
            let date = jiff::civil::date(2026, 3, 1).checked_add(jiff::Span::new().days(day - 1)).unwrap();
            let names = self.passes_to(&format!("{date}T00:00:00")).await;
            happened.extend(names.into_iter().map(|name| (day, name)));
        }
        happened
    }

    async fn owner(&self, id: RequestId) -> Option<Holder> {
        self.case(id).await.owner()
    }

    async fn sets(&self, promise: &Promise, due: jiff::Timestamp) {
        let command = Command { id: Uuid::new_v4(), fingerprint: [0; 32], outcome: Default::default() };
        let body = serde_json::to_vec(promise).unwrap().into();
        let timer = Timer { id: promise.timer_id(), due, body };
        self.log.append(Append { timers: vec![TimerChange::Set(timer)], ..Append::new(command) }).await.unwrap();
    }
}

fn unit(slug: &str) -> Holder {
    Holder::Unit(slug.parse().unwrap())
}

fn category() -> Category {
    sandan_domain::category::Taxonomy::national().all().next().unwrap().clone()
}

/// Dispatched to `roads` on Monday, 2 March, and never done.
const NEGLECTED: [(i64, &str); 16] = [
    (10, "reminded"),
    (17, "reminded"),
    (24, "overdue"),
    (24, "supervised"),
    (24, "reminded"),
    (28, "escalated"),
    (28, "supervised"),
    (31, "reminded"),
    (33, "escalated"),
    (33, "supervised"),
    // 5 and 6 April are Qingming.
    (39, "reminded"),
    (40, "escalated"),
    (46, "reminded"),
    (53, "reminded"),
    (60, "reminded"),
    // 1 to 5 May are holidays.
    (72, "reminded"),
];

fn sorted(happened: &[(i64, impl AsRef<str>)]) -> Vec<(i64, String)> {
    let mut happened: Vec<_> = happened.iter().map(|(day, name)| (*day, name.as_ref().to_owned())).collect();
    happened.sort();
    happened
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r9_r10_who_does_nothing_is_reminded_supervised_and_reported_up_to_the_town() {
    let world = World::new().await;
    let id = world.in_work("roads").await.request;
    let happened = world.lives_to(52).await;
    let expected: Vec<_> = NEGLECTED.into_iter().filter(|(day, _)| *day <= 52).collect();
    assert_eq!(sorted(&happened), sorted(&expected));
    let case = world.case(id).await;
    assert!(case.overdue && case.supervision.is_some() && case.next_level().is_none());
    let records = world.records().await;
    let overdue = records.iter().find(|record| record.kind == "sandan.request.overdue").unwrap();
    assert_eq!((overdue.actor.as_str(), overdue.occurred), ("system", at("2026-03-24T00:00:00+08:00")));
    let promise = Promise::Overdue { request: id, at: overdue.occurred };
    assert_eq!(overdue.causation, Some(promise.timer_id()));
    world.app.complete(&of_unit("roads"), id, done()).await.unwrap();
    assert_eq!(world.case(id).await.supervision, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r13_what_fell_due_while_all_was_down_is_done_on_the_way_up_in_order_and_once() {
    let world = World::new().await;
    let id = world.in_work("roads").await.request;
    let waiting = world.files().await.request;
    let happened = world.passes_to("2026-03-24T12:00:00").await;
    // The other request's triage was due on the 5th, the first reminder on the 10th, the work on the 24th.
    let expected = ["overdue", "supervised", "reminded", "reminded"];
    assert_eq!(happened[..4], expected);
    let mut rest = happened[4..].to_vec();
    rest.sort();
    assert_eq!(rest, ["overdue", "reminded", "supervised"]);
    assert_eq!(world.passes_to("2026-03-24T12:00:01").await, Vec::<String>::new());
    assert_eq!((world.owner(id).await, world.owner(waiting).await), (Some(unit("roads")), Some(Holder::Desk)));
    let order = world.case(id).await.supervision.unwrap();
    assert_eq!(order.at, at("2026-03-28T00:00:00+08:00"), "whoever could not hear of it has the time all the same");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r10_who_is_quicker_than_the_timer_is_overdue_all_the_same() {
    let world = World::new().await;
    let id = world.in_work("roads").await.request;
    let before = world.records().await.len();
    world.clock.set(at("2026-03-24T00:00:00+08:00"));
    let late = Complete { answer: text("Done at last"), ..Complete::default() };
    world.app.complete(&of_unit("roads"), id, late).await.unwrap();
    let records = world.records().await;
    let names: Vec<String> = records[before..].iter().map(|record| short(&record.kind)).collect();
    let first = ["reminded", "overdue", "supervised", "completed"];
    assert_eq!(names[..4], first);
    assert_eq!((records[before + 1].actor.as_str(), records[before + 3].actor.as_str()), ("system", "unit:roads"));
    assert_eq!(world.passes_to("2026-03-24T00:00:01").await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r3_what_nobody_claims_goes_to_the_best_match() {
    let world = World::new().await;
    let lamps = RegisterUnit {
        slug: text("lamps"),
        community: text("elm"),
        name: text("Lamps"),
        categories: vec![category().to_string()],
        grids: vec!["g1".to_owned()],
        capacity: Some(1),
        ..RegisterUnit::default()
    };
    world.app.register_unit(&staff(Role::Administrator), lamps.clone()).await.unwrap();
    // A unit of another community is no match, though its community's name begins the same.
    world.found("elm-2", None).await;
    let elsewhere = RegisterUnit { slug: text("a"), community: text("elm-2"), grids: Vec::new(), ..lamps };
    world.app.register_unit(&staff(Role::Administrator), elsewhere).await.unwrap();
    let file = |grid: Option<&str>| FileRequest {
        category: Some(category().to_string()),
        grid: grid.map(str::to_owned),
        ..a_request()
    };
    let mut ids = Vec::new();
    for grid in [Some("g1"), None] {
        let id = world.app.file(&Caller::resident(), file(grid)).await.unwrap().outcome.request;
        world.accepts(id).await;
        world.pools(id).await;
        ids.push(id);
    }
    assert_eq!(world.passes_to("2026-03-03T23:59:59").await, Vec::<String>::new());
    assert_eq!(world.passes_to("2026-03-04T00:00:00").await, ["dispatched", "dispatched"]);
    assert_eq!(world.owner(ids[0]).await, Some(unit("lamps")));
    assert_eq!(world.owner(ids[1]).await, Some(unit("roads")), "of what takes anything the first by name");
    let records = world.records().await;
    let last: serde_json::Value = serde_json::from_slice(&records.last().unwrap().body).unwrap();
    assert_eq!(last["fallback"], true);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r3_where_no_unit_is_free_the_desk_owns_it_and_a_claim_is_in_time_until_then() {
    let world = World::new().await;
    for slug in ["roads", "water"] {
        let full = RegisterUnit {
            slug: text(slug),
            community: text("elm"),
            name: text("Full"),
            capacity: Some(1),
            ..RegisterUnit::default()
        };
        world.app.revise_unit(&staff(Role::Administrator), full).await.unwrap();
        world.in_work(slug).await;
    }
    let (id, claimed) = (world.files().await.request, world.files().await.request);
    for id in [id, claimed] {
        world.accepts(id).await;
        world.pools(id).await;
    }
    let idle = RegisterUnit {
        slug: text("roads"),
        community: text("elm"),
        name: text("Free again"),
        capacity: Some(2),
        ..RegisterUnit::default()
    };
    world.app.revise_unit(&staff(Role::Administrator), idle).await.unwrap();
    world.app.claim(&of_unit("roads"), claimed).await.unwrap();
    assert_eq!(world.passes_to("2026-03-04T00:00:00").await, ["unclaimed"]);
    assert_eq!((world.owner(id).await, world.state(id).await), (Some(Holder::Desk), "triaged"));
    assert_eq!(world.state(claimed).await, "claimed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r18_who_is_silent_after_three_days_is_invited_once_more() {
    let world = World::new().await;
    let (id, codes) = world.in_review(3).await;
    world.rates(id, &codes[0], "satisfied").await.unwrap();
    assert_eq!(world.passes_to("2026-03-05T23:59:59").await, Vec::<String>::new());
    assert_eq!(world.passes_to("2026-03-06T00:00:00").await, ["review.invited"]);
    let records = world.records().await;
    let invited: serde_json::Value = serde_json::from_slice(&records.last().unwrap().body).unwrap();
    assert_eq!(invited["persons"].as_array().unwrap().len(), 3);
    for code in &codes[1..] {
        world.rates(id, code, "satisfied").await.unwrap();
    }
    assert_eq!(world.log.next_timer().await, Ok(None));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r11_nothing_falls_due_while_it_is_suspended() {
    let world = World::new().await;
    let id = world.in_work("roads").await.request;
    let suspend = Suspend { reason: text("Frost"), review_on: text("2026-05-01") };
    world.app.suspend(&staff(Role::Supervisor), id, suspend).await.unwrap();
    assert_eq!(world.log.next_timer().await, Ok(None));
    assert_eq!(world.passes_to("2026-04-20T09:00:00").await, Vec::<String>::new());
    world.app.resume(&staff(Role::Supervisor), id).await.unwrap();
    assert_eq!(world.log.next_timer().await, Ok(Some(at("2026-04-25T00:00:00+08:00"))), "the fifth day that ends");
}

/// A promise that was kept when there was nothing to do, and is made again for the same time, is kept again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r13_a_promise_made_again_for_the_same_time_is_not_lost() {
    let policy = Policy { verified: vec![category()], ..Policy::standard() };
    let world = World::with_policy(policy).await;
    let request = FileRequest { category: Some(category().to_string()), ..a_request() };
    let id = world.app.file(&Caller::resident(), request).await.unwrap().outcome.request;
    world.accepts(id).await;
    world.dispatches(id, "roads").await;
    world.app.claim(&of_unit("roads"), id).await.unwrap();
    assert_eq!(world.completes(id, "roads").await.state, "completed");
    let due = world.case(id).await.due.at;
    world.sets(&Promise::Overdue { request: id, at: due }, due).await;
    assert_eq!(world.passes_to("2026-03-24T00:00:00").await, Vec::<String>::new(), "the clock stands still");
    let no = Verify { confirmed: Some(false), note: None };
    world.app.verify(&staff(Role::GridWorker), id, no).await.unwrap();
    let mut happened = world.passes_to("2026-03-24T00:00:01").await;
    happened.sort();
    happened.dedup();
    assert_eq!(happened, ["overdue", "reminded", "supervised"]);
    assert_eq!(world.count("sandan.request.overdue").await, 1);
}

/// A limit of hours ends within a microsecond, the log's timers do not: none rings too early.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r13_no_timer_rings_a_part_of_a_microsecond_too_early() {
    let policy = Policy { triage: sandan_domain::time::Limit::hours(1), ..Policy::standard() };
    let world = World::with_policy(policy).await;
    world.clock.set(at("2026-03-02T09:00:00.000000001+08:00"));
    let id = world.files().await.request;
    assert_eq!(world.passes_to("2026-03-02T10:00:00").await, Vec::<String>::new());
    assert_eq!(world.passes_to("2026-03-02T10:00:00.000001").await, ["overdue", "supervised"]);
    assert!(world.case(id).await.overdue);
}

/// For the eye: how long ten thousand limits take that pass at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a measurement"]
async fn ten_thousand_timers_due_at_once_are_kept_within_seconds() {
    use sandan_log::{SqliteLog, SqliteOptions};
    let folder = tempfile::tempdir().unwrap();
    let log = SqliteLog::open(folder.path().join("log.sqlite"), SqliteOptions::default()).await.unwrap();
    let world = World::over(|_| std::sync::Arc::new(log), Policy::standard()).await;
    let files = futures::future::join_all((0..10_000).map(|_| world.files()));
    files.await;
    world.clock.set(at("2026-03-05T00:00:00+08:00"));
    let begun = std::time::Instant::now();
    assert_eq!(world.app.keep_due_promises().await, Ok(10_000));
    println!("10,000 timers in {:?}", begun.elapsed());
    assert_eq!(world.count("sandan.request.overdue").await, 10_000);
}
