//! A standby takes over: its history is another one, and is told from the old.

use std::time::Duration;

use sandan_log::conformance::{Sample, stream};
use sandan_log::{AppendError, Log, LogError, PostgresLog, PostgresOptions, verify};
use sandan_testkit::Postgres;

use super::{PATIENCE, name, open_at};

fn patient() -> PostgresOptions {
    PostgresOptions { patience: PATIENCE, ..PostgresOptions::default() }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_promoted_standby_begins_a_generation() {
    let mut primary = Postgres::start();
    let database = primary.database();
    let standby = primary.synchronous_standby();
    let url = primary.url_with(&standby, name(&database));
    let log = PostgresLog::open(&url, patient()).await.unwrap();
    for number in 0..10 {
        Sample::command(number).decided_in(1).writes(stream(number), 0, 1).accepted(&log).await;
    }
    let before = log.lease("relay", "ada", Duration::from_secs(3_600)).await.unwrap().unwrap();
    primary.kill();
    standby.promote();
    // Decided before the fork: refused, and then decided anew. It takes until the other server is found.
    let late = Sample::command(20).decided_in(1).writes(stream(20), 0, 1).to(&log).await;
    assert!(matches!(late, Err(AppendError::Forked { known: 1, actual: 2 })), "{late:?}");
    let receipt = Sample::command(20).decided_in(log.generation()).writes(stream(20), 0, 1).accepted(&log).await;
    assert_eq!((receipt.last, receipt.generation), (11, 2), "a synchronous standby has everything");
    let again = Sample::command(3).writes(stream(3), 0, 1).accepted(&log).await;
    assert!(again.replayed);
    let marks = log.generations().await.unwrap();
    assert_eq!(marks.iter().map(|mark| (mark.number, mark.after)).collect::<Vec<_>>(), [(1, 0), (2, 10)]);
    assert!(marks[1].why.contains("promoted"), "{}", marks[1].why);
    let after = log.lease("relay", "bob", Duration::from_secs(3_600)).await.unwrap().unwrap();
    assert!(after.fence > before.fence);
    verify(&log).await.unwrap().unwrap();
    log.close().await.unwrap();
    // Opened again on the same server it is the same history.
    let log = open_at(&standby.url_of(name(&database))).await;
    assert_eq!(log.generation(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_tail_that_the_standby_lacks_is_given_out_again_in_the_new_generation() {
    let mut primary = Postgres::start();
    let database = primary.database();
    let standby = primary.standby();
    let url = primary.url_with(&standby, name(&database));
    let log = PostgresLog::open(&url, patient()).await.unwrap();
    for number in 0..5 {
        Sample::command(number).writes(stream(1), number as u64, 1).accepted(&log).await;
    }
    standby.wait_for_database(name(&database), "SELECT max(position) FROM sandan.event", "5");
    standby.sql("postgres", "SELECT pg_wal_replay_pause()");
    standby.wait_for("SELECT pg_get_wal_replay_pause_state()", "paused");
    // The standby gets no more of it.
    primary.sql("postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_replication");
    standby.sql("postgres", "ALTER SYSTEM SET primary_conninfo = ''");
    standby.sql("postgres", "SELECT pg_reload_conf()");
    standby.wait_for("SELECT count(*) FROM pg_stat_wal_receiver", "0");
    for number in 5..8 {
        Sample::command(number).writes(stream(1), number as u64, 1).accepted(&log).await;
    }
    let mut watcher = log.watch();
    primary.kill();
    standby.promote();
    let receipt = Sample::command(30).writes(stream(1), 5, 1).accepted(&log).await;
    assert_eq!((receipt.first, receipt.generation), (6, 2));
    assert_eq!(log.generations().await.unwrap()[1].after, 5);
    let told = tokio::time::timeout(PATIENCE, watcher.wait_for(|position| *position == 6)).await;
    assert_eq!(*told.unwrap().unwrap(), 6, "back from 8");
    assert_eq!(log.remembered(sandan_log::conformance::uuid(6)).await.unwrap(), None);
    verify(&log).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idle_node_notices_that_history_forked() {
    let mut primary = Postgres::start();
    let database = primary.database();
    let standby = primary.synchronous_standby();
    let log = PostgresLog::open(&primary.url_with(&standby, name(&database)), patient()).await.unwrap();
    Sample::command(1).writes(stream(1), 0, 1).accepted(&log).await;
    let before = log.lease("relay", "ada", Duration::from_secs(3_600)).await.unwrap().unwrap();
    primary.kill();
    standby.promote();
    // Nobody appends or asks: the look-out alone is at work.
    let begun = std::time::Instant::now();
    while log.generation() < 2 {
        assert!(begun.elapsed() < PATIENCE, "still in generation {}", log.generation());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let after = log.lease("relay", "bob", Duration::from_secs(3_600)).await.unwrap().unwrap();
    assert!(after.fence > before.fence, "leases of the old history are over");
    assert_eq!(log.generations().await.unwrap().len(), 2, "however many connections noticed it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_standby_alone_is_refused() {
    let primary = Postgres::start();
    let database = primary.database();
    let standby = primary.standby();
    open_at(&database).await;
    standby.wait_for("SELECT pg_is_in_recovery()", "t");
    for url in [standby.url_of(name(&database)), format!("{}?target_session_attrs=read-write", standby.url())] {
        let error = PostgresLog::open(&url, PostgresOptions::default()).await.err().unwrap();
        assert!(matches!(error, LogError::ReadOnly(_)), "{url}: {error:?}");
    }
}
