//! Random histories give the same answers and leave the same log in memory and in SQLite.
//!
//! The log in memory is the model: it does one append after the other. SQLite gets several at once, so that
//! they share batches, in the order in which they were asked.

#![allow(clippy::unwrap_used, reason = "a test: a panic is its verdict")]

use futures::future::join_all;
use proptest::prelude::*;
use sandan_log::conformance::{HandClock, Sample, stream, uuid};
use sandan_log::{Append, Log, MemoryLog, SqliteLog, SqliteOptions, verify};

/// Few of everything, so that histories run into themselves.
const STREAMS: u128 = 4;
const COMMANDS: u128 = 40;
const KEYS: [&str; 3] = ["a", "b", ""];

#[derive(Clone, Debug)]
struct Wish {
    command: u128,
    fingerprint: u8,
    also: Option<u128>,
    /// Stream, how far its expected version is off, events.
    writes: Vec<(u128, Off, usize)>,
    rows: Vec<(Row, usize)>,
    timers: Vec<(u128, Option<i64>)>,
}

#[derive(Clone, Copy, Debug)]
enum Off {
    Right,
    By(u64),
}

#[derive(Clone, Copy, Debug)]
enum Row {
    Claim,
    Put,
    Delete,
}

fn wish() -> impl Strategy<Value = Wish> {
    let off = prop_oneof![9 => Just(Off::Right), 1 => (1..4_u64).prop_map(Off::By)];
    let row = prop_oneof![Just(Row::Claim), Just(Row::Put), Just(Row::Delete)];
    let writes = prop::collection::vec((0..STREAMS, off, 0..3_usize), 0..3);
    let rows = prop::collection::vec((row, 0..KEYS.len()), 0..3);
    let timers = prop::collection::vec((0..3_u128, prop::option::of(0..50_i64)), 0..3);
    let also = prop::option::weighted(0.2, 0..COMMANDS);
    (0..COMMANDS, prop::bool::weighted(0.05), also, writes, rows, timers).prop_map(
        |(command, forged, also, writes, rows, timers)| {
            let fingerprint = u8::from(forged);
            Wish { command, fingerprint, also, writes, rows, timers }
        },
    )
}

impl Wish {
    fn append(&self, versions: &[u64]) -> Append {
        let mut sample = Sample::command(self.command).fingerprint(self.fingerprint);
        sample = self.also.into_iter().fold(sample, Sample::also);
        for (number, off, count) in &self.writes {
            let version = versions[*number as usize];
            let version = match off {
                Off::Right => version,
                Off::By(by) => version + by,
            };
            sample = sample.writes(stream(*number), version, *count);
        }
        for (row, key) in &self.rows {
            sample = match row {
                Row::Claim => sample.claims("space", KEYS[*key], "claimed"),
                Row::Put => sample.puts("space", KEYS[*key], "put"),
                Row::Delete => sample.deletes("space", KEYS[*key]),
            };
        }
        for (timer, due) in &self.timers {
            sample = match due {
                Some(due) => sample.sets(*timer, *due),
                None => sample.cancels(*timer),
            };
        }
        sample.append()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn memory_and_sqlite_agree(
        rounds in prop::collection::vec(prop::collection::vec(wish(), 1..8), 1..10)
    ) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
        runtime.block_on(compare(&rounds));
    }
}

async fn compare(rounds: &[Vec<Wish>]) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let time = HandClock::default();
    let memory = MemoryLog::with_clock(time.clock());
    let mut sqlite = open(&path, &time).await;
    for (round, wishes) in rounds.iter().enumerate() {
        let versions = versions(&memory).await;
        let appends: Vec<Append> = wishes.iter().map(|wish| wish.append(&versions)).collect();
        let mut expected = Vec::new();
        for append in &appends {
            expected.push(memory.append(append.clone()).await);
        }
        let answers = join_all(appends.into_iter().map(|append| sqlite.append(append))).await;
        assert_eq!(format!("{answers:#?}"), format!("{expected:#?}"));
        time.advance(jiff::SignedDuration::from_secs(1));
        if round % 3 == 2 {
            drop(sqlite);
            sqlite = open(&path, &time).await;
        }
    }
    assert_same(&memory, &sqlite).await;
}

async fn assert_same(memory: &MemoryLog, sqlite: &SqliteLog) {
    assert_eq!(sqlite.stat().await, memory.stat().await);
    assert_eq!(sqlite.read(0, 1_000).await, memory.read(0, 1_000).await);
    for number in 0..STREAMS {
        let name = stream(number);
        let expected = memory.read_stream(&name, 1, 1_000).await;
        assert_eq!(sqlite.read_stream(&name, 1, 1_000).await, expected);
    }
    for command in 0..COMMANDS {
        let id = uuid(command);
        assert_eq!(sqlite.remembered(id).await, memory.remembered(id).await);
    }
    assert_eq!(sqlite.rows("space", None, 10).await, memory.rows("space", None, 10).await);
    let end = jiff::Timestamp::MAX;
    assert_eq!(sqlite.due_timers(end, 10).await, memory.due_timers(end, 10).await);
    assert_eq!(sqlite.next_timer().await, memory.next_timer().await);
    assert_eq!(verify(sqlite).await, verify(memory).await);
}

async fn versions(log: &dyn Log) -> Vec<u64> {
    let mut versions = Vec::new();
    for number in 0..STREAMS {
        versions.push(log.read_stream(&stream(number), 0, 1_000).await.unwrap().len() as u64);
    }
    versions
}

async fn open(path: &std::path::Path, time: &HandClock) -> SqliteLog {
    let options = SqliteOptions { clock: time.clock(), ..SqliteOptions::default() };
    SqliteLog::open(path, options).await.unwrap()
}
