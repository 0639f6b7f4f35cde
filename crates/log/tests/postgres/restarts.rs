//! The database goes away and comes back: nothing that was acknowledged is lost, nothing is done twice.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use futures::future::join_all;
use sandan_log::conformance::{Sample, stream, uuid};
use sandan_log::{AppendError, Log, LogError, PostgresLog, PostgresOptions, verify};
use sandan_testkit::Postgres;

use super::PATIENCE;

const CALLERS: u128 = 16;
const ROUNDS: u64 = 4;
/// Acknowledged in each round before the server is killed.
const APPENDS: u64 = 150;

struct Load {
    log: PostgresLog,
    acknowledged: AtomicU64,
    failed: AtomicU64,
    stop: AtomicBool,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_kill_9_of_the_server() {
    let mut postgres = Postgres::durable();
    let url = postgres.database();
    let options = PostgresOptions { patience: Duration::from_millis(300), ..PostgresOptions::default() };
    let log = PostgresLog::open(&url, options).await.unwrap();
    let load = Load { log, acknowledged: AtomicU64::new(0), failed: AtomicU64::new(0), stop: AtomicBool::new(false) };
    let load = Arc::new(load);
    let callers: Vec<_> = (0..CALLERS).map(|caller| tokio::spawn(appends(load.clone(), caller))).collect();
    for _ in 0..ROUNDS {
        let goal = load.acknowledged.load(Ordering::Relaxed) + APPENDS;
        reaches(&load.acknowledged, goal).await;
        postgres.kill();
        // Somebody is told that it is away, instead of waiting for ever.
        let failures = load.failed.load(Ordering::Relaxed);
        reaches(&load.failed, failures + 1).await;
        postgres.restart();
    }
    reaches(&load.acknowledged, load.acknowledged.load(Ordering::Relaxed) + APPENDS).await;
    load.stop.store(true, Ordering::Relaxed);
    let mut written = 0;
    for (caller, done) in join_all(callers).await.into_iter().enumerate() {
        let done = done.unwrap();
        let records = load.log.read_stream(&stream(caller as u128), 0, usize::MAX).await.unwrap();
        let commands: Vec<u128> = records.iter().map(|record| record.command.as_u128()).collect();
        let expected: Vec<u128> = (0..done).map(|number| id(caller as u128, number)).collect();
        assert_eq!(commands, expected, "each once, in order");
        written += done as u64;
    }
    let verified = verify(&load.log).await.unwrap().unwrap();
    assert_eq!(verified.head.position, written);
    assert_eq!(load.acknowledged.load(Ordering::Relaxed), written);
    assert_eq!(verified.head.generation, 1, "a crash is no fork");
}

fn id(caller: u128, number: u128) -> u128 {
    (caller + 1) << 64 | number
}

/// Appends to a stream of its own, the same command again until it is acknowledged, and returns how many there were.
async fn appends(load: Arc<Load>, caller: u128) -> u128 {
    let mut number = 0;
    while !load.stop.load(Ordering::Relaxed) {
        let sample = Sample::command(id(caller, number)).writes(stream(caller), number as u64, 1);
        loop {
            match sample.clone().to(&load.log).await {
                Ok(receipt) => break assert_eq!((receipt.first, receipt.generation), (receipt.last, 1)),
                Err(AppendError::Log(error)) if error.is_passing() => {
                    load.failed.fetch_add(1, Ordering::Relaxed);
                }
                Err(error) => panic!("{error}"),
            }
        }
        number += 1;
        load.acknowledged.fetch_add(1, Ordering::Relaxed);
    }
    number
}

async fn reaches(counter: &AtomicU64, goal: u64) {
    let counted = async {
        while counter.load(Ordering::Relaxed) < goal {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(PATIENCE, counted).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_within_patience_is_only_a_pause() {
    let mut postgres = Postgres::start();
    let url = postgres.database();
    let options = PostgresOptions { patience: PATIENCE, ..PostgresOptions::default() };
    let log = Arc::new(PostgresLog::open(&url, options).await.unwrap());
    Sample::command(1).writes(stream(1), 0, 1).accepted(&*log).await;
    postgres.stop();
    let (appending, reading) = (log.clone(), log.clone());
    let append = tokio::spawn(async move { Sample::command(2).writes(stream(1), 1, 1).accepted(&*appending).await });
    let read = tokio::spawn(async move { reading.read(0, 1).await.unwrap() });
    postgres.restart();
    assert_eq!(append.await.unwrap().last, 2);
    assert_eq!(read.await.unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_database_is_away_everything_says_so() {
    let mut postgres = Postgres::start();
    let url = postgres.database();
    let options = PostgresOptions { patience: Duration::from_millis(100), ..PostgresOptions::default() };
    let log = PostgresLog::open(&url, options).await.unwrap();
    postgres.stop();
    let away = |error: &LogError| matches!(error, LogError::Unreachable(_)) && error.is_passing();
    let append = Sample::command(1).writes(stream(1), 0, 1).to(&log).await;
    assert!(matches!(&append, Err(AppendError::Log(error)) if away(error)), "{append:?}");
    let head = log.head().await.unwrap_err();
    assert!(away(&head), "{head:?}");
    assert!(log.remembered(uuid(1)).await.is_err_and(|error| away(&error)));
    assert!(log.lease("job", "ada", Duration::from_secs(1)).await.is_err_and(|error| away(&error)));
    postgres.restart();
    Sample::command(1).writes(stream(1), 0, 1).accepted(&log).await;
}
