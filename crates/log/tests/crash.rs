//! `kill -9` in the middle of writing, again and again: what was acknowledged is there exactly once, and
//! what is there is whole.
//!
//! This program runs itself as the child that writes and is killed. The machine stays up, so this tests the
//! order of writes and not the disk's promise to keep what was synced.

#![allow(clippy::unwrap_used, reason = "a test: a panic is its verdict")]

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use sandan_log::conformance::{Sample, stream};
use sandan_log::{AppendError, Log, Record, SqliteLog, SqliteOptions, verify};
use uuid::Uuid;

const ROUNDS: u128 = 8;
const WRITERS: u128 = 6;
/// Stream that all writers want to write to.
const SHARED: u128 = 1_000;
const FILE: &str = "SANDAN_LOG_CRASH_FILE";
const ROUND: &str = "SANDAN_LOG_CRASH_ROUND";

#[tokio::test]
async fn what_was_acknowledged_survives_kill_9() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let mut acknowledged = Vec::new();
    for round in 0..ROUNDS {
        // Some rounds end within the first batches, some after hundreds.
        let kill_after = [3, 170, 41, 500, 1, 90, 260, 12][round as usize];
        let acks = write_and_kill(&path, round, kill_after);
        assert!(acks.len() >= kill_after);
        acknowledged.extend(acks);
        check(&path, &acknowledged).await;
    }
}

/// Starts the child, kills it after so many acknowledgements, and returns all that it gave.
fn write_and_kill(path: &Path, round: u128, kill_after: usize) -> Vec<Uuid> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "child_that_writes", "--ignored", "--nocapture"])
        .env(FILE, path)
        .env(ROUND, round.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let ack = |line: String| line.strip_prefix("ack ").and_then(|id| id.parse::<Uuid>().ok());
    let mut acks: Vec<Uuid> = lines.by_ref().filter_map(ack).take(kill_after).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    // What was printed before the signal was acknowledged too; a line that was cut is not an id.
    acks.extend(lines.filter_map(ack));
    acks
}

async fn check(path: &Path, acknowledged: &[Uuid]) {
    let log = SqliteLog::open(path, SqliteOptions::default()).await.unwrap();
    verify(&log).await.unwrap().unwrap();
    let records = log.read(0, usize::MAX).await.unwrap();
    let events: HashSet<Uuid> = records.iter().map(|record| record.id).collect();
    assert_eq!(events.len(), records.len(), "an event stands there twice");
    for command in acknowledged {
        let known = log.remembered(*command).await.unwrap().expect("acknowledged, then forgotten");
        let own: Vec<&Record> = records[known.first as usize - 1..known.last as usize].iter().collect();
        assert!(own.iter().all(|record| record.command == *command));
    }
    let commands: HashSet<Uuid> = records.iter().map(|record| record.command).collect();
    let mut written = 0;
    for command in &commands {
        let known = log.remembered(*command).await.unwrap().expect("events without their command");
        written += known.last + 1 - known.first;
    }
    assert_eq!(written, records.len() as u64, "every event belongs to one command, once");
    assert_eq!(log.row("done", b"count").await.unwrap().is_some(), !records.is_empty());
    log.close().await.unwrap();
}

#[test]
#[ignore = "run by the test above, in a process of its own"]
fn child_that_writes() {
    let (Ok(path), Ok(round)) = (std::env::var(FILE), std::env::var(ROUND)) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    runtime.block_on(async {
        let log = SqliteLog::open(path, SqliteOptions::default()).await.unwrap();
        let round: u128 = round.parse().unwrap();
        futures::future::join_all((0..WRITERS).map(|writer| write(&log, round, writer))).await;
    });
}

/// Writes until it is killed: to a stream of its own, and every third time to the shared one too.
async fn write(log: &SqliteLog, round: u128, writer: u128) {
    let mut version = log.read_stream(&stream(writer), 0, usize::MAX).await.unwrap().len() as u64;
    let mut shared = log.read_stream(&stream(SHARED), 0, usize::MAX).await.unwrap().len() as u64;
    for number in 0_u128.. {
        let id = (round + 1) << 96 | writer << 64 | number;
        let receipt = loop {
            let mut sample = Sample::command(id).writes(stream(writer), version, 1);
            sample = sample.puts("done", "count", "some");
            if number.is_multiple_of(3) {
                sample = sample.writes(stream(SHARED), shared, 1);
            }
            match sample.to(log).await {
                Err(AppendError::Conflict { actual, .. }) => shared = actual,
                answer => break answer.unwrap(),
            }
        };
        assert!(!receipt.replayed);
        (version, shared) = (version + 1, shared + u64::from(number.is_multiple_of(3)));
        // One write a line: a line that is cut off by the signal ends without its newline.
        let line = format!("ack {}\n", Uuid::from_u128(id));
        std::io::stdout().write_all(line.as_bytes()).unwrap();
    }
}
