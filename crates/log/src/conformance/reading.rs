//! Reading back: all of it, in order, in pages.

use bytes::Bytes;

use super::{HandClock, Sample, Subject, stream, uuid};
use crate::{Clock, Hash, Head, Record};

pub async fn a_record_carries_all_that_was_given(open: impl AsyncFn(Clock) -> Subject) {
    let time = HandClock::default();
    let log = open(time.clock()).await;
    let body = Bytes::from((0..=255).collect::<Vec<u8>>());
    let sample = Sample::command(1).writes(stream(1), 0, 1).with(|event| {
        event.kind = "sandan.request.noted";
        event.schema = u16::MAX;
        event.community = "Süd-哈".to_owned();
        event.correlation = uuid(5);
        event.causation = Some(uuid(6));
        event.actor = String::new();
        event.body = body.clone();
    });
    let receipt = sample.accepted(&*log).await;
    let records = log.read(0, 10).await.unwrap();
    let expected = Record {
        position: 1,
        generation: 1,
        stream: stream(1),
        version: 1,
        id: uuid(1 << 16),
        kind: "sandan.request.noted".to_owned(),
        schema: u16::MAX,
        community: "Süd-哈".to_owned(),
        occurred: jiff::Timestamp::UNIX_EPOCH,
        recorded: (time.clock())(),
        command: uuid(1),
        correlation: uuid(5),
        causation: Some(uuid(6)),
        actor: String::new(),
        body,
        hash: receipt.hash,
    };
    assert_eq!(records, [expected]);
}

pub async fn pages_follow_each_other_without_gaps(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    for command in 0..5 {
        Sample::command(command).writes(stream(command), 0, 5).accepted(&*log).await;
    }
    let mut positions = Vec::new();
    while let page = log.read(positions.len() as u64, 4).await.unwrap()
        && !page.is_empty()
    {
        positions.extend(page.iter().map(|record| record.position));
    }
    assert_eq!(positions, (1..=25).collect::<Vec<_>>());
}

pub async fn a_stream_is_read_alone(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    for round in 0..6 {
        let sample = Sample::command(round).writes(stream(1), round as u64, 1);
        sample.writes(stream(2), round as u64, 1).accepted(&*log).await;
    }
    let page = log.read_stream(&stream(2), 2, 3).await.unwrap();
    assert!(page.iter().all(|record| record.stream == stream(2)));
    let places = page.iter().map(|record| (record.version, record.position));
    assert_eq!(places.collect::<Vec<_>>(), [(3, 6), (4, 8), (5, 10)]);
    assert!(log.read_stream(&stream(3), 0, 10).await.unwrap().is_empty());
}

pub async fn bounds_may_be_as_large_as_numbers_go(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).writes(stream(1), 0, 2).puts("s", "k", "v").accepted(&*log).await;
    assert_eq!(log.read(0, usize::MAX).await.unwrap().len(), 2);
    assert_eq!(log.read(u64::MAX, 10).await.unwrap(), []);
    assert_eq!(log.read(0, 0).await.unwrap(), []);
    assert_eq!(log.read_stream(&stream(1), 0, usize::MAX).await.unwrap().len(), 2);
    assert_eq!(log.read_stream(&stream(1), u64::MAX, 10).await.unwrap(), []);
    assert_eq!(log.rows("s", None, usize::MAX).await.unwrap().len(), 1);
    assert_eq!(log.due_timers(jiff::Timestamp::MAX, usize::MAX).await.unwrap(), []);
}

pub async fn head_and_stat_tell_where_the_log_stands(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let head = log.head().await.unwrap();
    assert_eq!(head, Head { position: 0, generation: 1, hash: Hash::ZERO });
    let receipt = Sample::command(1).writes(stream(1), 0, 3).writes(stream(2), 0, 1);
    let receipt = receipt.accepted(&*log).await;
    let stat = log.stat().await.unwrap();
    assert_eq!((stat.events, stat.streams), (4, 2));
    assert_eq!(stat.head, Head { position: 4, generation: 1, hash: receipt.hash });
    assert_eq!(log.head().await.unwrap(), stat.head);
}

pub async fn a_watcher_sees_the_newest_position(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let mut watcher = log.watch();
    assert_eq!(*watcher.borrow_and_update(), 0);
    Sample::command(1).accepted(&*log).await;
    assert!(!watcher.has_changed().unwrap(), "no event, nothing to see");
    Sample::command(2).writes(stream(1), 0, 2).accepted(&*log).await;
    Sample::command(3).writes(stream(1), 2, 1).accepted(&*log).await;
    watcher.changed().await.unwrap();
    assert_eq!(*watcher.borrow_and_update(), 3);
    assert_eq!(*log.watch().borrow(), 3);
}
