//! The log is slow, full or gone: nobody is answered too early, and nobody is refused for what never happened.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex as Slot};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures::future::{BoxFuture, join_all};
use jiff::Timestamp;
use sandan_app::{Caller, Clock, CoSign, Dispatch, Progress, Refusal};
use sandan_domain::time::Policy;
use sandan_domain::{RequestId, Role};
use sandan_log::{
    Append, AppendError, Appended, Generation, GenerationMark, Head, Lease, Log, LogError, MemoryLog, Position, Record,
    Remembered, Stat, StreamName, Timer, Version,
};
use sandan_vault::MasterKey;
use serde_json::Value;
use tokio::sync::{Mutex, watch};
use tokio::task::{JoinHandle, yield_now};
use uuid::Uuid;

use crate::world::{World, at, ballot, key, of_unit, open, staff, text};

/// A log that can be held up, and that fails as often as it is told.
struct Faulty {
    log: Arc<MemoryLog>,
    gate: Mutex<()>,
    waiting: AtomicUsize,
    failures: Slot<Vec<LogError>>,
    /// Whoever asks from now on hears of nothing that is appended.
    silent: AtomicBool,
    /// What happens while the next answer about a review is on its way.
    meanwhile: Slot<Option<BoxFuture<'static, ()>>>,
    /// Records of units that were asked for.
    read_of_units: AtomicUsize,
}

impl Faulty {
    fn new(log: MemoryLog) -> Self {
        Self {
            log: Arc::new(log),
            gate: Mutex::default(),
            waiting: AtomicUsize::default(),
            failures: Slot::default(),
            silent: AtomicBool::default(),
            meanwhile: Slot::default(),
            read_of_units: AtomicUsize::default(),
        }
    }

    fn fails_next(&self, error: LogError) {
        self.failures.lock().unwrap().push(error);
    }

    /// Waits until so many appends stand in line.
    async fn has_waiting(&self, appends: usize) {
        while self.waiting.load(Ordering::SeqCst) < appends {
            yield_now().await;
        }
    }
}

#[async_trait]
impl Log for Faulty {
    async fn append(&self, append: Append) -> Result<Appended, AppendError> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let turn = self.gate.lock().await;
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        if let Some(error) = self.failures.lock().unwrap().pop() {
            return Err(error.into());
        }
        let appended = self.log.append(append).await;
        drop(turn);
        appended
    }

    async fn read(&self, after: Position, limit: usize) -> Result<Vec<Record>, LogError> {
        self.log.read(after, limit).await
    }

    async fn read_stream(&self, stream: &StreamName, after: Version, limit: usize) -> Result<Vec<Record>, LogError> {
        let records = self.log.read_stream(stream, after, limit).await;
        if &*stream.kind == "unit" {
            self.read_of_units.fetch_add(records.as_ref().map_or(0, Vec::len), Ordering::SeqCst);
        }
        let meanwhile = self.meanwhile.lock().unwrap().take_if(|_| &*stream.kind == "review");
        if let Some(meanwhile) = meanwhile {
            meanwhile.await;
        }
        records
    }

    async fn head(&self) -> Result<Head, LogError> {
        self.log.head().await
    }

    async fn stat(&self) -> Result<Stat, LogError> {
        self.log.stat().await
    }

    fn watch(&self) -> watch::Receiver<Position> {
        if self.silent.load(Ordering::SeqCst) {
            return watch::channel(0).1;
        }
        self.log.watch()
    }

    async fn remembered(&self, command: Uuid) -> Result<Option<Remembered>, LogError> {
        self.log.remembered(command).await
    }

    async fn row(&self, space: &str, key: &[u8]) -> Result<Option<Bytes>, LogError> {
        self.log.row(space, key).await
    }

    async fn rows(&self, space: &str, after: Option<&[u8]>, limit: usize) -> Result<Vec<(Bytes, Bytes)>, LogError> {
        self.log.rows(space, after, limit).await
    }

    async fn due_timers(&self, until: Timestamp, limit: usize) -> Result<Vec<Timer>, LogError> {
        self.log.due_timers(until, limit).await
    }

    async fn next_timer(&self) -> Result<Option<Timestamp>, LogError> {
        self.log.next_timer().await
    }

    async fn lease(&self, job: &str, holder: &str, ttl: Duration) -> Result<Option<Lease>, LogError> {
        self.log.lease(job, holder, ttl).await
    }

    async fn release(&self, lease: &Lease) -> Result<(), LogError> {
        self.log.release(lease).await
    }

    async fn leases(&self) -> Result<Vec<Lease>, LogError> {
        self.log.leases().await
    }

    fn generation(&self) -> Generation {
        self.log.generation()
    }

    async fn generations(&self) -> Result<Vec<GenerationMark>, LogError> {
        self.log.generations().await
    }

    async fn fork(&self, why: &str) -> Result<GenerationMark, LogError> {
        self.log.fork(why).await
    }

    async fn close(&self) -> Result<(), LogError> {
        self.log.close().await
    }
}

#[tokio::test]
async fn what_another_node_wrote_is_seen_before_anything_is_refused_although_nobody_told_of_it() {
    let (world, faulty) = world().await;
    let id = world.files().await.request;
    faulty.silent.store(true, Ordering::SeqCst);
    let other = open(&world.log, MasterKey::random(), Clock::manual(world.clock.now()).0, Policy::standard());
    other.request(id).await.unwrap();
    world.accepts(id).await;
    let to = Dispatch { unit: text("roads"), ..Dispatch::default() };
    let dispatched = other.dispatch(&staff(Role::Dispatcher), id, to).await.unwrap();
    assert_eq!(dispatched.outcome.state, "dispatched", "although its memory said filed");
}

/// A unit's stream grows with all that it works on. What one more costs must not.
#[tokio::test]
async fn of_a_stream_that_two_nodes_write_to_only_what_is_new_is_read() {
    let (world, faulty) = world().await;
    let other = open(&world.log, key(), Clock::manual(world.clock.now()).0, Policy::standard());
    let mut cost = Vec::new();
    for _ in 0..2 {
        let before = faulty.read_of_units.load(Ordering::SeqCst);
        for nth in 0..40 {
            let id = world.files().await.request;
            world.accepts(id).await;
            world.dispatches(id, "roads").await;
            let app = if nth % 2 == 0 { &world.app } else { &other };
            app.claim(&of_unit("roads"), id).await.unwrap();
        }
        cost.push(faulty.read_of_units.load(Ordering::SeqCst) - before);
    }
    assert_eq!(world.count("sandan.unit.load_taken").await, 80);
    assert!(cost[0] > 0 && cost[1] <= cost[0] + 2, "{cost:?}");
}

/// A review was read, then another node ordered rework, then the request was read: together they never were.
#[tokio::test]
async fn nobody_is_refused_for_states_that_never_stood_together() {
    let (world, faulty) = world().await;
    let (id, codes) = world.in_review(9).await;
    let other = open(&world.log, key(), Clock::manual(world.clock.now()).0, Policy::standard());
    let vote = |app: &sandan_app::App, code: &str, rating: &str| {
        let (app, ballot) = (app.clone(), ballot(code, rating));
        async move { app.rate(&Caller::resident(), id, ballot).await }
    };
    vote(&other, &codes[0], "dissatisfied").await.unwrap();
    for code in &codes[1..3] {
        vote(&world.app, code, "dissatisfied").await.unwrap();
    }
    // The other node's memory is two ballots old, so its next one is decided twice.
    let (decisive, after) = (vote(&world.app, &codes[3], "dissatisfied"), other.clone());
    *faulty.meanwhile.lock().unwrap() = Some(Box::pin(async move {
        decisive.await.unwrap();
        // Before it is sent away the request is read anew, and that is remembered.
        after.progress(&of_unit("water"), id, Progress::default()).await.unwrap_err();
    }));
    vote(&other, &codes[4], "dissatisfied").await.unwrap();
    assert_eq!(world.count("sandan.review.rated").await, 5, "it is late, and taken");
    assert_eq!(world.count("sandan.request.rework_ordered").await, 1);
}

async fn world() -> (World, Arc<Faulty>) {
    let mut faulty = None;
    let world = World::over(
        |clock| {
            let log = Arc::new(Faulty::new(MemoryLog::with_clock(clock.as_fn())));
            faulty = Some(Arc::clone(&log));
            log
        },
        Policy::standard(),
    )
    .await;
    (world, faulty.unwrap())
}

async fn in_pool(world: &World) -> RequestId {
    let id = world.files().await.request;
    world.accepts(id).await;
    world.pools(id).await;
    id
}

fn claims(world: &World, id: RequestId, unit: &str) -> JoinHandle<Result<String, Refusal>> {
    let (app, by) = (world.app.clone(), of_unit(unit));
    tokio::spawn(async move { app.claim(&by, id).await.map(|receipt| receipt.outcome.state) })
}

/// Lets everybody else go as far as they can.
async fn settle_down() {
    for _ in 0..1_000 {
        yield_now().await;
    }
}

/// One ballot is decided on another that is under way, and another node's comes first. The version that the second one
/// hoped for is there then, but it is the other node's.
#[tokio::test]
async fn nothing_is_built_on_what_never_came_to_be() {
    let (world, faulty) = world().await;
    let (id, codes) = world.in_review(3).await;
    for code in &codes[2..] {
        world.rates(id, code, "satisfied").await.unwrap();
    }
    let vote = |code: usize, rating: &'static str| {
        let (app, code) = (world.app.clone(), codes[code].clone());
        tokio::spawn(async move { app.rate(&Caller::resident(), id, ballot(&code, rating)).await })
    };
    let gate = faulty.gate.lock().await;
    let first = vote(0, "satisfied");
    faulty.has_waiting(1).await;
    // All have voted then, one of four is dissatisfied: the round would be over, and passed.
    let last = vote(1, "dissatisfied");
    faulty.has_waiting(2).await;
    let elsewhere: Arc<dyn Log> = faulty.log.clone();
    let other = open(&elsewhere, key(), Clock::manual(world.clock.now()).0, Policy::standard());
    other.rate(&Caller::resident(), id, ballot(&codes[0], "dissatisfied")).await.unwrap();
    drop(gate);
    _ = first.await.unwrap();
    last.await.unwrap().unwrap();
    let (mut ballots, mut told) = (BTreeMap::new(), None);
    for record in world.records().await {
        let body: Value = serde_json::from_slice(&record.body).unwrap();
        match record.kind.as_str() {
            "sandan.review.rated" if told.is_none() => {
                ballots.insert(body["person"].to_string(), body["rating"] == "dissatisfied");
            }
            "sandan.review.closed" => told = body["tally"]["dissatisfied"].as_u64(),
            _ => {}
        }
    }
    let dissatisfied = ballots.values().filter(|no| **no).count() as u64;
    assert_eq!(told, Some(dissatisfied), "the round's end counts the ballots that there are");
}

#[tokio::test]
async fn the_loser_of_a_race_is_told_only_when_the_winner_is_on_disk() {
    let (world, log) = world().await;
    let id = in_pool(&world).await;
    let gate = log.gate.lock().await;
    let winner = claims(&world, id, "roads");
    log.has_waiting(1).await;
    let loser = claims(&world, id, "water");
    settle_down().await;
    assert!(!winner.is_finished() && !loser.is_finished());
    drop(gate);
    assert_eq!(winner.await.unwrap(), Ok("claimed".to_owned()));
    assert_eq!(loser.await.unwrap().unwrap_err().code(), "claimed-by-another");
}

#[tokio::test]
async fn whoever_lost_to_somebody_whose_append_failed_wins() {
    let (world, log) = world().await;
    let id = in_pool(&world).await;
    let gate = log.gate.lock().await;
    let first = claims(&world, id, "roads");
    log.has_waiting(1).await;
    let second = claims(&world, id, "water");
    settle_down().await;
    log.fails_next(LogError::DiskFull);
    drop(gate);
    assert_eq!(first.await.unwrap(), Err(Refusal::DiskFull));
    assert_eq!(second.await.unwrap(), Ok("claimed".to_owned()));
    let case = world.case(id).await;
    assert_eq!(case.owner().unwrap().unit().unwrap().as_str(), "water");
}

#[tokio::test]
async fn what_is_on_its_way_is_built_upon_but_shown_to_nobody() {
    let (world, log) = world().await;
    let id = world.files().await.request;
    let gate = log.gate.lock().await;
    let joins: Vec<_> = (0..50)
        .map(|_| {
            let app = world.app.clone();
            tokio::spawn(async move { app.co_sign(&Caller::resident(), id, CoSign::default()).await })
        })
        .collect();
    log.has_waiting(50).await;
    let app = world.app.clone();
    let reader = tokio::spawn(async move { app.request(id).await });
    settle_down().await;
    assert!(!reader.is_finished(), "it waits rather than shows what may not come");
    drop(gate);
    assert!(join_all(joins).await.into_iter().all(|joined| joined.unwrap().is_ok()), "all in one line");
    reader.await.unwrap().unwrap();
    assert_eq!(world.case(id).await.signers.len(), 51);
}

#[tokio::test]
async fn when_one_in_the_line_fails_those_behind_decide_again() {
    let (world, log) = world().await;
    let id = world.files().await.request;
    let gate = log.gate.lock().await;
    let joins: Vec<_> = (0..20)
        .map(|_| {
            let app = world.app.clone();
            tokio::spawn(async move { app.co_sign(&Caller::resident(), id, CoSign::default()).await })
        })
        .collect();
    log.has_waiting(20).await;
    log.fails_next(LogError::Storage("the cable was pulled".to_owned()));
    drop(gate);
    let answers: Vec<_> = join_all(joins).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 19);
    assert_eq!(world.case(id).await.signers.len(), 20);
}

#[tokio::test]
async fn promises_wait_for_a_log_that_fails_and_are_kept_once_it_is_back() {
    let (world, log) = world().await;
    let (id, _) = world.in_review(0).await;
    world.clock.set(at("2026-03-12T00:00:00+08:00"));
    log.fails_next(LogError::DiskFull);
    assert_eq!(world.app.keep_due_promises().await, Err(Refusal::DiskFull));
    assert_eq!(world.state(id).await, "in_review");
    assert_eq!(world.app.keep_due_promises().await, Ok(2), "the invitation and the end");
    assert_eq!(world.state(id).await, "closed");
}
