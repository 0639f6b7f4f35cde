//! A whole log into another file.

use std::path::Path;

use sandan_log::conformance::{HandClock, Sample, stream, uuid};
use sandan_log::{Log, LogError, Movable, Part, SqliteLog, SqliteOptions, verify};
use tokio::sync::mpsc;

use crate::open_at;

async fn open(folder: &Path, name: &str) -> SqliteLog {
    let clock = HandClock::default().clock();
    SqliteLog::open(folder.join(name), SqliteOptions { clock, ..SqliteOptions::default() }).await.unwrap()
}

/// Some of everything: two generations, reactions, rows that were changed, timers.
async fn eventful(folder: &Path) -> SqliteLog {
    let log = open(folder, "from.db").await;
    for (number, version) in (1..=1_500).zip(0..) {
        let sample = Sample::command(number).writes(stream(number % 7), version / 7, 1).also(10_000 + number);
        sample.puts("space", format!("key {number}").leak(), "value").accepted(&log).await;
        if number == 1_200 {
            log.fork("a test").await.unwrap();
        }
    }
    Sample::command(9_000).sets(1, 100).accepted(&log).await;
    log
}

async fn transfer(from: &dyn Movable, to: &dyn Movable) -> Result<(), LogError> {
    let (parts, taken) = mpsc::channel(2);
    let (poured, filled) = tokio::join!(from.pour(parts), to.fill(taken));
    filled.and(poured.map(|_| ()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_log_is_the_same_and_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (eventful(folder.path()).await, open(folder.path(), "to.db").await);
    transfer(&from, &to).await.unwrap();
    assert_eq!(to.stat().await.unwrap(), from.stat().await.unwrap());
    assert_eq!(to.generations().await.unwrap(), from.generations().await.unwrap());
    assert_eq!(to.read(0, 5_000).await.unwrap(), from.read(0, 5_000).await.unwrap());
    assert_eq!(to.rows("space", None, 5_000).await.unwrap(), from.rows("space", None, 5_000).await.unwrap());
    assert_eq!(to.next_timer().await.unwrap(), from.next_timer().await.unwrap());
    for command in [1, 10_001, 9_000] {
        assert_eq!(to.remembered(uuid(command)).await.unwrap(), from.remembered(uuid(command)).await.unwrap());
    }
    assert_eq!(verify(&to).await.unwrap().unwrap(), verify(&from).await.unwrap().unwrap());
    let again = Sample::command(1).writes(stream(1), 0, 1).accepted(&to).await;
    assert!(again.replayed, "what was done before is not done again");
    let next = Sample::command(9_001).writes(stream(1), 215, 1).accepted(&to).await;
    assert_eq!((next.last, next.generation), (1_501, 2));
    to.close().await.unwrap();
    verify(&open_at(&folder.path().join("to.db")).await).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_was_used_takes_nothing_in() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (eventful(folder.path()).await, open(folder.path(), "to.db").await);
    Sample::command(1).puts("space", "key", "value").accepted(&to).await;
    let error = transfer(&from, &to).await.unwrap_err();
    assert!(matches!(&error, LogError::Unusable(what) if what.contains("not empty")), "{error}");
    assert_eq!(to.head().await.unwrap().position, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_breaks_off_or_does_not_fit_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (eventful(folder.path()).await, open(folder.path(), "to.db").await);
    for spoil in [0, 1] {
        let (parts, mut poured) = mpsc::channel(64);
        from.pour(parts).await.unwrap();
        let (spoiled, taken) = mpsc::channel(64);
        while let Some(mut part) = poured.recv().await {
            match (&mut part, spoil) {
                (Part::End(_), 0) => break,
                (Part::Records(records), 1) => records[3].actor = "somebody else".to_owned(),
                _ => {}
            }
            spoiled.send(part).await.unwrap();
        }
        drop(spoiled);
        let error = to.fill(taken).await.unwrap_err();
        let said = if spoil == 0 { "broke off after position 1500" } else { "damaged at position 4" };
        assert!(error.to_string().contains(said), "{error}");
        assert_eq!(to.stat().await.unwrap().events, 0);
        assert_eq!(to.generations().await.unwrap().len(), 1);
    }
}
