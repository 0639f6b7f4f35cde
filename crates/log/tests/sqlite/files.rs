//! Opening, closing and opening again: whose file it is, and what of it is left.

use std::path::Path;

use rusqlite::Connection;
use sandan_log::conformance::{HandClock, Sample, stream, uuid};
use sandan_log::{Log, LogError, SqliteLog, SqliteOptions, Timer, verify};

use super::open_at;

#[tokio::test]
async fn a_log_goes_on_where_it_was_closed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let log = open_at(&path).await;
    let sample = Sample::command(1).writes(stream(1), 0, 2).claims("slug", "a", "1").sets(1, 60);
    let receipt = sample.clone().accepted(&log).await;
    let stat = log.stat().await.unwrap();
    log.close().await.unwrap();

    let log = open_at(&path).await;
    assert_eq!(log.stat().await.unwrap(), stat);
    assert_eq!(*log.watch().borrow(), 2);
    assert_eq!(log.row("slug", b"a").await.unwrap(), Some("1".into()));
    let timers: Vec<Timer> = log.due_timers(jiff::Timestamp::MAX, 10).await.unwrap();
    assert_eq!(timers.len(), 1);
    let again = sample.accepted(&log).await;
    assert_eq!((again.replayed, again.hash, again.recorded), (true, receipt.hash, receipt.recorded));
    assert!(Sample::command(2).writes(stream(1), 1, 1).to(&log).await.is_err());
    Sample::command(3).writes(stream(1), 2, 1).accepted(&log).await;
    assert_eq!(verify(&log).await.unwrap().unwrap().head.position, 3);
}

#[tokio::test]
async fn recorded_times_do_not_go_back_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let time = HandClock::default();
    let options = || SqliteOptions { clock: time.clock(), ..SqliteOptions::default() };
    let log = SqliteLog::open(&path, options()).await.unwrap();
    let before = Sample::command(1).writes(stream(1), 0, 1).accepted(&log).await;
    drop(log);
    time.advance(jiff::SignedDuration::from_hours(-5));
    let log = SqliteLog::open(&path, options()).await.unwrap();
    let after = Sample::command(2).writes(stream(1), 1, 1).accepted(&log).await;
    assert_eq!(after.recorded, before.recorded);
}

#[tokio::test]
async fn a_closed_log_is_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let log = open_at(&folder.path().join("log.db")).await;
    Sample::command(1).writes(stream(1), 0, 1).accepted(&log).await;
    log.close().await.unwrap();
    let left: Vec<_> = folder.path().read_dir().unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with("-wal")), "{left:?}");
}

#[tokio::test]
async fn a_new_generation_outlives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let log = open_at(&path).await;
    Sample::command(1).writes(stream(1), 0, 1).accepted(&log).await;
    let mark = log.fork("restored from a backup").await.unwrap();
    drop(log);
    let log = open_at(&path).await;
    assert_eq!(Sample::command(2).writes(stream(1), 1, 1).accepted(&log).await.generation, 2);
    assert_eq!(log.generations().await.unwrap()[1..], [mark]);
    verify(&log).await.unwrap().unwrap();
}

#[tokio::test]
async fn leases_end_with_the_program_and_their_numbers_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let long = std::time::Duration::from_secs(3_600);
    let log = open_at(&path).await;
    let before = log.lease("relay", "ada", long).await.unwrap().unwrap();
    drop(log);
    let log = open_at(&path).await;
    assert_eq!(log.leases().await.unwrap(), []);
    Sample::command(1).under(&before).accepted(&log).await;
    let after = log.lease("relay", "bob", long).await.unwrap().unwrap();
    assert!(after.fence > before.fence);
    assert!(Sample::command(2).under(&before).to(&log).await.is_err());
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let log = open_at(&folder.path().join("log.db")).await;
    Sample::command(1).writes(stream(1), 0, 1).accepted(&log).await;
    for file in folder.path().read_dir().unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
    }
}

#[tokio::test]
async fn a_log_is_open_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let log = open_at(&path).await;
    assert!(unusable(&path).await.contains("open in another program"));
    Sample::command(1).writes(stream(1), 0, 1).accepted(&log).await;
    drop(log);
    assert_eq!(open_at(&path).await.head().await.unwrap().position, 1);
}

#[tokio::test]
async fn what_is_not_a_log_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("text");
    std::fs::write(&text, "not a database, but long enough to have a header".repeat(9)).unwrap();
    let other = folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    for path in [&text, &other] {
        let before = std::fs::read(path).unwrap();
        assert!(unusable(path).await.contains("is not a log of sandan"));
        assert_eq!(std::fs::read(path).unwrap(), before);
    }
}

#[tokio::test]
async fn a_newer_schema_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    open_at(&path).await.close().await.unwrap();
    let newer = "INSERT INTO refinery_schema_history SELECT 99, name, applied_on, checksum
                 FROM refinery_schema_history LIMIT 1";
    Connection::open(&path).unwrap().execute(newer, []).unwrap();
    let Err(LogError::Newer { log, found: 99, known }) = SqliteLog::open(&path, SqliteOptions::default()).await else {
        panic!("a newer schema was opened");
    };
    assert_eq!((log, known), (path.display().to_string(), 2));
}

#[tokio::test]
async fn an_append_nobody_waits_for_still_happens() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let log = open_at(&path).await;
    {
        let mut abandoned = log.append(Sample::command(1).writes(stream(1), 0, 1).append());
        assert!(futures::poll!(&mut abandoned).is_pending());
    }
    drop(log);
    assert!(open_at(&path).await.remembered(uuid(1)).await.unwrap().is_some());
}

async fn unusable(path: &Path) -> String {
    match SqliteLog::open(path, SqliteOptions::default()).await {
        Err(LogError::Unusable(why)) => why,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("{} was opened", path.display()),
    }
}
