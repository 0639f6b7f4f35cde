//! Two programs on one database: which of them is asked makes no difference.

use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use sandan_app::{App, Caller, Clock, Jobs, Refusal};
use sandan_domain::Role;
use sandan_domain::time::Policy;
use sandan_log::{Log, PostgresLog, PostgresOptions};
use sandan_testkit::Postgres;
use sandan_vault::MasterKey;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::world::{MONDAY, World, a_request, ballot, of_unit, open, staff, text};

/// A node's view of the world, and another node beside it.
struct Two {
    world: World,
    other: App,
    other_log: Arc<dyn Log>,
    _postgres: Arc<Postgres>,
}

impl Two {
    async fn start() -> Self {
        let postgres = Postgres::shared();
        let url = postgres.database();
        let (clock, hand) = Clock::manual(MONDAY.parse().unwrap());
        let node = async || {
            let options = PostgresOptions { clock: clock.as_fn(), ..PostgresOptions::default() };
            let log: Arc<dyn Log> = Arc::new(PostgresLog::open(&url, options).await.unwrap());
            let key = MasterKey::from_bytes([7; 32]);
            (open(&log, key, clock.clone(), Policy::standard()), log)
        };
        let ((app, log), (other, other_log)) = (node().await, node().await);
        let world = World::around(app, log, hand).await;
        Self { world, other, other_log, _postgres: postgres }
    }

    /// One of the two, turn by turn.
    fn nth(&self, nth: usize) -> App {
        if nth.is_multiple_of(2) { self.world.app.clone() } else { self.other.clone() }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_units_on_two_nodes_one_gets_a_pool_item_and_the_others_are_told_who() {
    let two = Two::start().await;
    for nth in 0..16 {
        two.world.registers(&format!("unit-{nth}"), None).await;
    }
    let id = two.world.files().await.request;
    two.world.accepts(id).await;
    two.world.pools(id).await;
    let claims = (0..16).map(|nth| {
        let app = two.nth(nth);
        tokio::spawn(async move { app.claim(&of_unit(&format!("unit-{nth}")), id).await })
    });
    let answers: Vec<_> = join_all(claims).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    for refused in answers.iter().filter_map(|answer| answer.as_ref().err()) {
        assert_eq!(refused.code(), "claimed-by-another", "{refused}");
    }
    assert_eq!(two.world.count("sandan.request.claimed").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_key_is_remembered_whichever_node_hears_it_again_or_at_once() {
    let two = Two::start().await;
    let by = Caller::resident().with_key(Uuid::new_v4(), "/api/v1/requests");
    let at_once = (0..8).map(|nth| {
        let (app, by) = (two.nth(nth), by.clone());
        tokio::spawn(async move { app.file(&by, a_request()).await.unwrap() })
    });
    let receipts: Vec<_> = join_all(at_once).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(receipts.iter().filter(|receipt| !receipt.replayed).count(), 1);
    let again = two.other.file(&by, a_request()).await.unwrap();
    for receipt in &receipts {
        assert_eq!((&receipt.outcome, receipt.position, receipt.hash), (&again.outcome, again.position, again.hash));
    }
    assert_eq!(two.world.count("sandan.request.filed").await, 1);
    let other_body = sandan_app::FileRequest { title: text("Lamp"), ..a_request() };
    assert_eq!(two.other.file(&by, other_body).await.unwrap_err(), Refusal::KeyReused);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn residents_on_both_nodes_rate_and_each_ballot_counts_once() {
    let two = Two::start().await;
    let (id, codes) = two.world.in_review(12).await;
    let votes = codes.iter().enumerate().map(|(nth, code)| {
        let rating = if nth < 4 { "dissatisfied" } else { "satisfied" };
        let (app, vote) = (two.nth(nth), ballot(code, rating));
        tokio::spawn(async move { app.rate(&Caller::resident(), id, vote).await.unwrap() })
    });
    join_all(votes).await.into_iter().for_each(|voted| drop(voted.unwrap()));
    assert_eq!(two.world.count("sandan.review.rated").await, 13);
    assert_eq!(two.world.count("sandan.request.rework_ordered").await, 1, "4 of 13 (R16)");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_write_through_one_node_is_read_through_the_other_up_to_its_position() {
    let two = Two::start().await;
    let receipt = two.world.app.file(&Caller::resident(), a_request()).await.unwrap();
    // What the read models of the other node are fed by.
    let mut heard = two.other_log.watch();
    let reached = tokio::time::timeout(PATIENCE, heard.wait_for(|position| *position >= receipt.position));
    reached.await.unwrap().unwrap();
    let record = two.other_log.read(receipt.position - 1, 1).await.unwrap().remove(0);
    assert_eq!((record.position, record.hash), (receipt.position, receipt.hash));
    let dispatcher = staff(Role::Dispatcher);
    let accept = sandan_app::Triage { decision: text("accept"), ..Default::default() };
    assert_eq!(two.other.triage(&dispatcher, receipt.outcome.request, accept).await.unwrap().outcome.state, "triaged");
}

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_job_moves_to_the_other_node_and_its_old_holder_writes_nothing_more() {
    let two = Two::start().await;
    let (told, mut begun) = mpsc::unbounded_channel();
    let works = |name: &'static str, log: &Arc<dyn Log>| {
        let (jobs, told) = (Jobs::lasting(log.clone(), name, Duration::from_millis(500)), told.clone());
        tokio::spawn(async move {
            let work = |fence: sandan_log::Fence| {
                let told = told.clone();
                async move {
                    told.send((name, fence)).unwrap();
                    std::future::pending::<()>().await;
                }
            };
            jobs.run("promises", std::future::pending(), work).await;
        })
    };
    let first = works("one", &two.world.log);
    let (name, old) = begun.recv().await.unwrap();
    assert_eq!(name, "one");
    let _second = works("two", &two.other_log);
    // It dies without a word: the lease lapses by the database's clock.
    first.abort();
    let (name, new) = tokio::time::timeout(PATIENCE, begun.recv()).await.unwrap().unwrap();
    assert_eq!(name, "two");
    assert!(new.number > old.number, "{old:?} {new:?}");
    let before = two.world.events().await;
    let late = two.world.app.under(old).file(&Caller::resident(), a_request()).await;
    assert!(late.is_err(), "{late:?}");
    assert_eq!(two.world.events().await, before);
    two.other.under(new).file(&Caller::resident(), a_request()).await.unwrap();
}
