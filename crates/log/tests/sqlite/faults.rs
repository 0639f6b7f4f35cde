//! Full disks, full queues and storage that fails: who is told, and that the log goes on afterwards.

use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use futures::future::join_all;
use jiff::Timestamp;
use sandan_log::conformance::{Sample, stream, uuid};
use sandan_log::{AppendError, Log, LogError, SqliteLog, SqliteOptions, verify};

use super::open_at;

/// Several pages long, so that it can't fit into room that is left over.
fn large(command: u128, version: u64) -> Sample {
    let sample = Sample::command(command).writes(stream(command), version, 1);
    sample.with(|event| event.body = Bytes::from(vec![7; 40_000]))
}

#[tokio::test]
async fn a_full_disk_refuses_and_the_log_goes_on_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let log = open_at(&folder.path().join("log.db")).await;
    Sample::command(1).writes(stream(1), 0, 1).accepted(&log).await;
    let before = log.stat().await.unwrap();
    log.limit_pages(1).await.unwrap();
    let refused = join_all((10..40).map(|command| large(command, 0).to(&log))).await;
    assert!(refused.iter().all(|answer| matches!(answer, Err(AppendError::Log(LogError::DiskFull)))));
    assert_eq!(log.stat().await.unwrap(), before);
    assert_eq!(log.remembered(uuid(10)).await.unwrap(), None);

    log.limit_pages(u32::MAX).await.unwrap();
    let accepted = join_all((10..40).map(|command| large(command, 0).accepted(&log))).await;
    assert!(accepted.iter().all(|receipt| !receipt.replayed));
    Sample::command(2).writes(stream(1), 1, 1).accepted(&log).await;
    let verified = verify(&log).await.unwrap().unwrap();
    assert_eq!(verified.head, log.head().await.unwrap());
    assert_eq!((verified.head.position, verified.streams), (32, 31));
}

#[tokio::test]
async fn after_a_full_disk_a_small_append_may_still_fit() {
    let folder = tempfile::tempdir().unwrap();
    let log = open_at(&folder.path().join("log.db")).await;
    Sample::command(1).writes(stream(1), 0, 1).accepted(&log).await;
    log.limit_pages(1).await.unwrap();
    let refused = large(2, 0).to(&log).await;
    assert!(matches!(refused, Err(AppendError::Log(LogError::DiskFull))));
    // Its stream and its number were never given to anybody.
    let receipt = Sample::command(3).writes(stream(1), 1, 1).accepted(&log).await;
    assert_eq!((receipt.first, log.stat().await.unwrap().streams), (2, 1));
    verify(&log).await.unwrap().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_gives_the_append_back() {
    let (log, gate, _folder) = gated().await;
    let mut first = log.append(Sample::command(1).append());
    assert!(futures::poll!(&mut first).is_pending());
    gate.writer_is_busy();
    let mut waiting = Vec::new();
    let full = loop {
        let command = 2 + waiting.len() as u128;
        let mut asked = log.append(Sample::command(command).writes(stream(command), 0, 1).append());
        match futures::poll!(&mut asked) {
            std::task::Poll::Pending => waiting.push(asked),
            std::task::Poll::Ready(answer) => break answer,
        }
    };
    let Err(AppendError::Full { append, queued }) = full else { panic!("{full:?}") };
    assert_eq!(queued, waiting.len());
    gate.open();
    first.await.unwrap();
    assert!(join_all(waiting).await.iter().all(Result::is_ok));
    // What came back is whole: it can be given again.
    let receipt = log.append(*append).await.unwrap();
    assert_eq!(receipt.last, queued as u64 + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn closing_writes_what_was_accepted() {
    let (log, gate, folder) = gated().await;
    let mut waiting: Vec<_> =
        (0..100).map(|n| log.append(Sample::command(n).writes(stream(n), 0, 1).append())).collect();
    for asked in &mut waiting {
        assert!(futures::poll!(asked).is_pending());
    }
    let closing = async {
        gate.open();
        log.close().await.unwrap();
    };
    let (answers, ()) = futures::join!(join_all(waiting), closing);
    assert!(answers.iter().all(Result::is_ok));
    let log = open_at(&folder.path().join("log.db")).await;
    assert_eq!(log.head().await.unwrap().position, 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_append_that_storage_refuses_fails_alone() {
    let (log, gate, folder) = gated().await;
    let trigger = "CREATE TRIGGER poison BEFORE INSERT ON event WHEN NEW.actor = 'poison'
                   BEGIN SELECT RAISE(ABORT, 'poisoned'); END";
    let other = rusqlite::Connection::open(folder.path().join("log.db")).unwrap();
    other.execute_batch(trigger).unwrap();
    drop(other);
    let mut first = log.append(Sample::command(1).append());
    assert!(futures::poll!(&mut first).is_pending());
    gate.writer_is_busy();
    let asked = (10..20).map(|command| {
        let sample = Sample::command(command).writes(stream(command), 0, 1);
        sample.with(|event| event.actor = if command == 15 { "poison" } else { "ada" }.to_owned())
    });
    let mut asked: Vec<_> = asked.map(|sample| log.append(sample.append())).collect();
    for asked in &mut asked {
        assert!(futures::poll!(asked).is_pending());
    }
    gate.open();
    let answers = join_all(asked).await;
    let failed = |answer: &_| matches!(answer, Err(AppendError::Log(LogError::Storage(_))));
    assert_eq!(answers.iter().position(failed), Some(5));
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 9);
    let verified = verify(&log).await.unwrap().unwrap();
    assert_eq!((verified.head.position, verified.streams), (9, 9));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_write_ahead_log_does_not_grow_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let log = open_at(&folder.path().join("log.db")).await;
    // 160 MB through a write-ahead log that begins again at 64.
    for round in 0..100 {
        let wide = |command| {
            let sample = Sample::command(command).writes(stream(command), 0, 1);
            sample.with(|event| event.body = Bytes::from(vec![7; 400_000]))
        };
        join_all((0..4).map(|part| wide(round * 4 + part).accepted(&log))).await;
    }
    let size = folder.path().join("log.db-wal").metadata().unwrap().len();
    assert!(size < 120_000_000, "{size} bytes");
}

/// Holds the writer when it asks for the time of a batch.
struct Gate {
    asked: Receiver<()>,
    open: Sender<()>,
}

impl Gate {
    fn writer_is_busy(&self) {
        self.asked.recv().unwrap();
    }

    /// From now on the clock answers at once.
    fn open(self) {
        drop(self.open);
    }
}

async fn gated() -> (SqliteLog, Gate, tempfile::TempDir) {
    let (ask, asked) = channel();
    let (open, opened) = channel();
    let opened = Mutex::new(opened);
    let clock = Arc::new(move || {
        _ = ask.send(());
        _ = opened.lock().unwrap().recv();
        Timestamp::now()
    });
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteOptions { clock, ..SqliteOptions::default() };
    let log = SqliteLog::open(folder.path().join("log.db"), options).await.unwrap();
    (log, Gate { asked, open }, folder)
}
