//! Timers: promises that are set and cancelled together with the events.

use jiff::Timestamp;

use super::{HandClock, Sample, Subject, stream, uuid};
use crate::{Clock, Log};

pub async fn due_timers_come_in_order(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    assert_eq!(log.next_timer().await.unwrap(), None);
    let sample = Sample::command(1).sets(3, 20).sets(2, 20).sets(1, 30).sets(4, 10).sets(5, -5);
    sample.accepted(&*log).await;
    assert_eq!(due(&*log, 20).await, [5, 4, 2, 3]);
    assert_eq!(due(&*log, 19).await, [5, 4]);
    assert_eq!(due(&*log, 1_000).await, [5, 4, 2, 3, 1]);
    assert_eq!(log.due_timers(Timestamp::MAX, 1).await.unwrap().len(), 1);
    assert_eq!(log.next_timer().await.unwrap(), Some(seconds(-5)));
    let first = log.due_timers(seconds(10), 2).await.unwrap().pop().unwrap();
    assert_eq!((first.due, &first.body[..]), (seconds(10), &b"timer 4 due at 10"[..]));
}

pub async fn a_timer_that_is_set_again_is_replaced(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).sets(1, 10).sets(2, 20).accepted(&*log).await;
    Sample::command(2).sets(1, 30).accepted(&*log).await;
    assert_eq!(due(&*log, 100).await, [2, 1]);
    assert_eq!(log.next_timer().await.unwrap(), Some(seconds(20)));
    Sample::command(3).sets(1, 5).sets(1, 15).accepted(&*log).await;
    assert_eq!(due(&*log, 15).await, [1]);
    assert_eq!(due(&*log, 14).await, [0_u128; 0]);
}

pub async fn a_cancelled_timer_is_gone(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).sets(1, 10).sets(2, 20).accepted(&*log).await;
    Sample::command(2).cancels(1).cancels(9).accepted(&*log).await;
    assert_eq!(due(&*log, 100).await, [2]);
    Sample::command(3).sets(3, 5).cancels(3).cancels(2).sets(2, 7).accepted(&*log).await;
    assert_eq!(due(&*log, 100).await, [2]);
    assert_eq!(log.next_timer().await.unwrap(), Some(seconds(7)));
}

pub async fn a_refused_append_leaves_no_timer(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    Sample::command(1).sets(1, 10).accepted(&*log).await;
    let refused = Sample::command(2).sets(2, 5).cancels(1).expects(stream(1), 1);
    assert!(refused.to(&*log).await.is_err());
    assert_eq!(due(&*log, 100).await, [1]);
}

async fn due(log: &dyn Log, until: i64) -> Vec<u128> {
    let timers = log.due_timers(seconds(until), 100).await.unwrap();
    assert!(timers.iter().all(|timer| timer.id == uuid(timer.id.as_u128())));
    timers.iter().map(|timer| timer.id.as_u128()).collect()
}

fn seconds(seconds: i64) -> Timestamp {
    Timestamp::from_second(seconds).unwrap()
}
