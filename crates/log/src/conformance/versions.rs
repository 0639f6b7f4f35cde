//! Expected versions: what an append may rely on, and what refuses it.

use super::{HandClock, Sample, Subject, stream, uuid};
use crate::{AppendError, Clock, StreamName};

pub async fn the_first_event_creates_its_stream(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let receipt = Sample::command(1).writes(stream(1), 0, 1).accepted(&*log).await;
    assert_eq!((receipt.first, receipt.last, receipt.replayed), (1, 1, false));
    let records = log.read_stream(&stream(1), 0, 10).await.unwrap();
    assert_eq!(records.iter().map(|record| record.version).collect::<Vec<_>>(), [1]);
}

pub async fn events_are_numbered_from_the_expected_version_on(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).writes(stream(1), 0, 2).accepted(&*log).await;
    let receipt = Sample::command(2).writes(stream(1), 2, 3).accepted(&*log).await;
    assert_eq!((receipt.first, receipt.last), (3, 5));
    let records = log.read_stream(&stream(1), 0, 10).await.unwrap();
    assert_eq!(records.iter().map(|record| record.version).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
}

pub async fn an_unexpected_version_is_a_conflict(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).writes(stream(1), 0, 2).accepted(&*log).await;
    for (command, version) in [(2, 0), (3, 1), (4, 3), (5, u64::MAX)] {
        let refused = Sample::command(command).writes(stream(1), version, 2).to(&*log).await;
        let Err(AppendError::Conflict { stream: name, expected, actual }) = refused else {
            panic!("version {version}: {refused:?}");
        };
        assert_eq!((name, expected, actual), (stream(1), version, 2));
    }
    assert_eq!(log.head().await.unwrap().position, 2);
}

/// The version that was hoped for is there, but another append's.
pub async fn what_was_decided_upon_a_refused_append_is_refused(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let hope = Sample::command(1).writes(stream(1), 0, 1);
    let upon = Sample::command(2).writes(stream(1), 1, 1).upon(&hope);
    let further = Sample::command(3).writes(stream(1), 2, 1).upon(&upon);
    Sample::command(4).writes(stream(1), 0, 2).accepted(&*log).await;
    assert!(matches!(hope.to(&*log).await, Err(AppendError::Conflict { .. })));
    assert!(matches!(upon.to(&*log).await, Err(AppendError::Unfounded)));
    assert!(matches!(further.to(&*log).await, Err(AppendError::Unfounded)));
    assert_eq!(log.head().await.unwrap().position, 2);
    let founded = Sample::command(5).writes(stream(1), 2, 1);
    let upon = Sample::command(6).writes(stream(1), 3, 1).upon(&founded);
    founded.accepted(&*log).await;
    upon.accepted(&*log).await;
}

pub async fn one_append_writes_to_several_streams(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).writes(stream(2), 0, 1).accepted(&*log).await;
    let mixed = Sample::command(2).writes(stream(1), 0, 1).writes(stream(2), 1, 1);
    mixed.event(stream(1)).event(stream(2)).accepted(&*log).await;
    let places = |records: Vec<crate::Record>| {
        records.iter().map(|record| (record.position, record.version)).collect::<Vec<_>>()
    };
    let first = log.read_stream(&stream(1), 0, 10).await.unwrap();
    assert_eq!(places(first), [(2, 1), (4, 2)]);
    let second = log.read_stream(&stream(2), 0, 10).await.unwrap();
    assert_eq!(places(second), [(1, 1), (3, 2), (5, 3)]);
}

pub async fn a_conflict_on_one_stream_refuses_all_of_the_append(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).writes(stream(2), 0, 1).accepted(&*log).await;
    let refused = Sample::command(2).writes(stream(1), 0, 1).writes(stream(2), 0, 1);
    assert!(matches!(refused.to(&*log).await, Err(AppendError::Conflict { actual: 1, .. })));
    assert_eq!(log.stat().await.unwrap().streams, 1);
    // The first stream is still as if nothing had been asked.
    Sample::command(3).writes(stream(1), 0, 1).accepted(&*log).await;
}

pub async fn a_condition_holds_on_a_stream_that_is_not_written(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let absent = Sample::command(1).expects(stream(9), 0).writes(stream(1), 0, 1);
    absent.accepted(&*log).await;
    assert_eq!(log.stat().await.unwrap().streams, 1, "a condition creates nothing");
    Sample::command(2).expects(stream(1), 1).writes(stream(2), 0, 1).accepted(&*log).await;
    let outdated = Sample::command(3).expects(stream(1), 0).writes(stream(2), 1, 1);
    assert!(matches!(outdated.to(&*log).await, Err(AppendError::Conflict { actual: 1, .. })));
    let alone = Sample::command(4).expects(stream(2), 7);
    assert!(matches!(alone.to(&*log).await, Err(AppendError::Conflict { actual: 1, .. })));
}

pub async fn kinds_with_the_same_id_are_different_streams(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let review = StreamName::new("review", uuid(1));
    Sample::command(1).writes(stream(1), 0, 2).accepted(&*log).await;
    Sample::command(2).writes(review.clone(), 0, 1).accepted(&*log).await;
    assert_eq!(log.read_stream(&review, 0, 10).await.unwrap().len(), 1);
    assert_eq!(log.stat().await.unwrap().streams, 2);
}

pub async fn a_stream_without_an_expected_version_is_malformed(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let missing = Sample::command(1).event(stream(1)).to(&*log).await;
    assert!(matches!(missing, Err(AppendError::Malformed(_))));
    let twice = Sample::command(1).expects(stream(1), 0).expects(stream(1), 0).to(&*log).await;
    assert!(matches!(twice, Err(AppendError::Malformed(_))));
}
