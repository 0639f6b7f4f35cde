//! Generations: history can fork, and nobody goes on as if it had not.

use std::time::Duration;

use super::{HandClock, Sample, Subject, stream};
use crate::{AppendError, Clock, GenerationMark, verify};

pub async fn a_log_begins_in_the_first_generation(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let first = GenerationMark { number: 1, after: 0, begun: None, why: String::new() };
    assert_eq!(log.generations().await.unwrap(), [first]);
    assert_eq!(log.generation(), 1);
    Sample::command(1).decided_in(1).writes(stream(1), 0, 1).accepted(&*log).await;
}

pub async fn a_fork_begins_a_generation_at_the_head(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).writes(stream(1), 0, 3).accepted(&*log).await;
    let second = log.fork("restored from a backup").await.unwrap();
    assert_eq!((second.number, second.after, &second.why[..]), (2, 3, "restored from a backup"));
    assert!(second.begun.is_some());
    let third = log.fork("restored once more").await.unwrap();
    assert_eq!((third.number, third.after), (3, 3));
    assert_eq!(log.generations().await.unwrap()[1..], [second, third]);
    assert_eq!((log.generation(), log.head().await.unwrap().generation), (3, 3));
}

pub async fn records_and_receipts_carry_their_generation(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let first = Sample::command(1).writes(stream(1), 0, 1);
    first.clone().accepted(&*log).await;
    log.fork("a test").await.unwrap();
    let second = Sample::command(2).writes(stream(1), 1, 1).accepted(&*log).await;
    assert_eq!((second.last, second.generation), (2, 2));
    assert_eq!(first.accepted(&*log).await.generation, 1, "a repeat gets its first receipt");
    let records = log.read(0, 10).await.unwrap();
    assert_eq!(records.iter().map(|record| record.generation).collect::<Vec<_>>(), [1, 2]);
    verify(&*log).await.unwrap().unwrap();
}

pub async fn what_was_decided_before_a_fork_is_refused(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).writes(stream(1), 0, 1).accepted(&*log).await;
    let known = log.generation();
    log.fork("a test").await.unwrap();
    // The generation is looked at before the versions, which may hold in both histories or in none.
    for version in [1, 7] {
        let late = Sample::command(2).decided_in(known).writes(stream(1), version, 1).to(&*log).await;
        assert!(matches!(late, Err(AppendError::Forked { known: 1, actual: 2 })), "{late:?}");
    }
    // A repeat is answered whatever it was decided on.
    assert!(Sample::command(1).decided_in(known).writes(stream(1), 0, 1).accepted(&*log).await.replayed);
    Sample::command(2).decided_in(log.generation()).writes(stream(1), 1, 1).accepted(&*log).await;
    Sample::command(3).writes(stream(1), 2, 1).accepted(&*log).await;
}

pub async fn a_fork_ends_all_leases(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let lost = log.lease("relay", "ada", Duration::from_secs(600)).await.unwrap().unwrap();
    log.fork("a test").await.unwrap();
    assert_eq!(log.leases().await.unwrap(), []);
    let taken = log.lease("relay", "bob", Duration::from_secs(600)).await.unwrap().unwrap();
    assert!(taken.fence > lost.fence + 1_000, "far beyond what a lost history may have given out: {taken:?}");
}
