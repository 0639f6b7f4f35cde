//! The hash chain and the times in it.

use jiff::{SignedDuration, Timestamp};

use super::{HandClock, Sample, Subject, stream};
use crate::{Clock, Hash, Header, digest, link, verify};

pub async fn the_chain_of_an_empty_log_verifies(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let verified = verify(&*log).await.unwrap().unwrap();
    assert_eq!((verified.head, verified.streams), (log.head().await.unwrap(), 0));
}

pub async fn the_chain_verifies_whatever_was_refused_between(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    for round in 0..10 {
        let version = round as u64 * 2;
        Sample::command(round).writes(stream(1), version, 2).accepted(&*log).await;
        let refused = Sample::command(100 + round).writes(stream(1), version, 1);
        assert!(refused.to(&*log).await.is_err());
        Sample::command(round).writes(stream(1), version, 2).accepted(&*log).await;
        Sample::command(200 + round).writes(stream(200 + round), 0, 1).accepted(&*log).await;
    }
    let verified = verify(&*log).await.unwrap().unwrap();
    assert_eq!((verified.head, verified.streams), (log.head().await.unwrap(), 11));
    assert_eq!(verified.head.position, 30);
}

pub async fn a_receipt_carries_the_hash_of_its_last_record(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let receipt = Sample::command(1).writes(stream(1), 0, 2).accepted(&*log).await;
    let records = log.read(0, 10).await.unwrap();
    let mut hash = Hash::ZERO;
    for record in &records {
        let digest = digest(&Header::from(record), &record.body);
        hash = link(&hash, record.position, record.recorded, &digest);
        assert_eq!(record.hash, hash);
    }
    assert_eq!(receipt.hash, hash);
}

pub async fn recorded_times_never_go_back(open: impl AsyncFn(Clock) -> Subject) {
    let time = HandClock::default();
    let log = open(time.clock()).await;
    let first = Sample::command(1).writes(stream(1), 0, 1).accepted(&*log).await;
    time.advance(SignedDuration::from_hours(-1));
    let second = Sample::command(2).writes(stream(1), 1, 1).accepted(&*log).await;
    assert_eq!(second.recorded, first.recorded);
    time.advance(SignedDuration::from_hours(2));
    let third = Sample::command(3).writes(stream(1), 2, 1).accepted(&*log).await;
    assert_eq!(third.recorded, (time.clock())());
    verify(&*log).await.unwrap().unwrap();
}

pub async fn times_are_kept_in_whole_microseconds(open: impl AsyncFn(Clock) -> Subject) {
    let fine: Timestamp = "2026-03-01T08:00:00.123456789Z".parse().unwrap();
    let kept: Timestamp = "2026-03-01T08:00:00.123456Z".parse().unwrap();
    let log = open(HandClock::at(fine).clock()).await;
    let sample = Sample::command(1).writes(stream(1), 0, 1).with(|event| event.occurred = fine);
    let receipt = sample.accepted(&*log).await;
    let record = log.read(0, 1).await.unwrap().remove(0);
    assert_eq!((record.occurred, record.recorded, receipt.recorded), (kept, kept, kept));
    verify(&*log).await.unwrap().unwrap();
}
