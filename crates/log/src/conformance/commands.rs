//! Remembered commands: a repeat is answered and never done again.

use super::{HandClock, Sample, Subject, stream, uuid};
use crate::{AppendError, Appended, Clock, Remembered};

pub async fn a_repeat_gets_the_first_receipt(open: impl AsyncFn(Clock) -> Subject) {
    let time = HandClock::default();
    let log = open(time.clock()).await;
    let sample = Sample::command(1).writes(stream(1), 0, 2).claims("number", "7", "request 1");
    let first = sample.clone().accepted(&*log).await;
    Sample::command(2).writes(stream(1), 2, 1).accepted(&*log).await;
    time.advance(jiff::SignedDuration::from_secs(60));
    let again = sample.accepted(&*log).await;
    assert_eq!(again, Appended { replayed: true, ..first });
    assert_eq!(log.head().await.unwrap().position, 3);
}

pub async fn another_content_under_the_same_id_is_refused(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).fingerprint(1).writes(stream(1), 0, 1).accepted(&*log).await;
    let other = Sample::command(1).fingerprint(2).writes(stream(2), 0, 1).to(&*log).await;
    assert!(matches!(other, Err(AppendError::CommandReused(id)) if id == uuid(1)));
    assert_eq!(log.head().await.unwrap().position, 1);
}

pub async fn a_refused_command_is_not_remembered(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let refused = Sample::command(1).also(2).writes(stream(1), 5, 1).to(&*log).await;
    assert!(matches!(refused, Err(AppendError::Conflict { .. })));
    assert_eq!(log.remembered(uuid(1)).await.unwrap(), None);
    assert_eq!(log.remembered(uuid(2)).await.unwrap(), None);
    let receipt = Sample::command(1).also(2).writes(stream(1), 0, 1).accepted(&*log).await;
    assert!(!receipt.replayed);
}

pub async fn a_command_without_events_is_remembered(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let first = Sample::command(1).accepted(&*log).await;
    assert_eq!((first.first, first.last), (0, 0));
    Sample::command(2).writes(stream(1), 0, 3).accepted(&*log).await;
    let second = Sample::command(3).accepted(&*log).await;
    assert_eq!((second.first, second.last), (3, 3));
    assert_eq!(second.hash, log.head().await.unwrap().hash);
    for (command, receipt) in [(1, first), (3, second)] {
        let again = Sample::command(command).accepted(&*log).await;
        assert_eq!(again, Appended { replayed: true, ..receipt });
    }
    let known = log.remembered(uuid(3)).await.unwrap();
    let outcome = "outcome of 3".into();
    assert_eq!(known, Some(Remembered { fingerprint: [3; 32], outcome, first: 3, last: 3 }));
}

pub async fn a_folded_reaction_is_remembered_too(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let first = Sample::command(1).also(8).also(9).writes(stream(1), 0, 1).accepted(&*log).await;
    let known = log.remembered(uuid(9)).await.unwrap();
    let outcome = "outcome of 1".into();
    assert_eq!(known, Some(Remembered { fingerprint: [0; 32], outcome, first: 1, last: 1 }));
    // Its content was never seen, so any content is answered.
    let alone = Sample::command(9).writes(stream(2), 0, 1).accepted(&*log).await;
    assert_eq!(alone, Appended { replayed: true, ..first });
    assert_eq!(log.head().await.unwrap().position, 1);
}

pub async fn a_reaction_that_was_done_before_refuses_the_append(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(9).writes(stream(2), 0, 1).accepted(&*log).await;
    let late = Sample::command(1).also(9).writes(stream(1), 0, 1).to(&*log).await;
    assert!(matches!(late, Err(AppendError::CommandReused(id)) if id == uuid(9)));
    assert_eq!(log.remembered(uuid(1)).await.unwrap(), None);
}

pub async fn an_id_given_twice_is_malformed(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    for sample in [Sample::command(1).also(1), Sample::command(1).also(2).also(2)] {
        assert!(matches!(sample.to(&*log).await, Err(AppendError::Malformed(_))));
    }
}
