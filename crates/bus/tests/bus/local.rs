//! The bus inside the process: bounded batches, faults of the log, and the end. Time stands still unless
//! everybody waits.

use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use sandan_bus::{BATCH_RECORDS_MAX, Bus, LocalBus};
use sandan_log::{LogError, MemoryLog};
use tokio::time::sleep;

use crate::faulty::FaultyLog;
use crate::subject::{check, ended, listen, next, write};

fn faulty() -> (Arc<FaultyLog>, LocalBus) {
    let log = Arc::new(FaultyLog::default());
    (log.clone(), LocalBus::new(log))
}

#[tokio::test]
async fn a_batch_is_never_larger_than_its_bound() {
    let log = Arc::new(MemoryLog::new());
    write(&*log, 1, 2 * BATCH_RECORDS_MAX + 1).await;
    let mut subscription = LocalBus::new(log).subscribe(0);
    let mut position = 0;
    for length in [BATCH_RECORDS_MAX, BATCH_RECORDS_MAX, 1] {
        let batch = next(&mut subscription).await;
        assert_eq!(batch.len(), length);
        position = check(&batch, position);
    }
}

#[tokio::test]
async fn nothing_is_read_before_it_is_asked_for() {
    let (log, bus) = faulty();
    write(&*log, 1, BATCH_RECORDS_MAX * 3).await;
    let mut subscription = bus.subscribe(0);
    assert_eq!(log.reads(), 0);
    next(&mut subscription).await;
    assert_eq!(log.reads(), 1);
}

#[tokio::test]
async fn waiting_does_not_ask_the_log() {
    let (log, bus) = faulty();
    write(&*log, 1, 1).await;
    let mut subscription = bus.subscribe(0);
    next(&mut subscription).await;
    assert!(subscription.next().now_or_never().is_none());
    assert_eq!(log.reads(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_log_that_fails_is_asked_again_and_not_without_pause() {
    let (log, bus) = faulty();
    log.fail(Some(LogError::Storage("the disk is gone".to_owned())));
    write(&*log, 1, 3).await;
    let mut subscription = bus.subscribe(0);
    let listening = tokio::spawn(async move { listen(&mut subscription, 0, 3).await });
    sleep(Duration::from_secs(2)).await;
    assert!((3..10).contains(&log.reads()), "{} reads", log.reads());
    log.fail(None);
    listening.await.unwrap();
}

#[tokio::test]
async fn closing_the_bus_ends_every_subscription() {
    let (log, bus) = faulty();
    write(&*log, 1, 3).await;
    let mut waiting = bus.subscribe(3);
    assert!(waiting.next().now_or_never().is_none());
    let mut behind = bus.subscribe(0);
    bus.clone().close();
    assert!(ended(&mut waiting).await);
    assert!(ended(&mut behind).await);
    assert!(ended(&mut bus.subscribe(0)).await);
    assert!(ended(&mut waiting).await, "asked again after the end");
}

#[tokio::test]
async fn a_closed_log_ends_a_subscription_that_reads() {
    let (log, bus) = faulty();
    write(&*log, 1, 1).await;
    log.fail(Some(LogError::Closed));
    assert!(ended(&mut bus.subscribe(0)).await);
}

#[tokio::test(start_paused = true)]
async fn a_closed_log_ends_a_subscription_that_waits() {
    let (log, bus) = faulty();
    let mut subscription = bus.subscribe(0);
    assert!(subscription.next().now_or_never().is_none());
    log.fail(Some(LogError::Closed));
    assert!(ended(&mut subscription).await);
}

#[tokio::test]
async fn a_subscription_outlives_the_handle_it_came_from() {
    let (log, bus) = faulty();
    let mut subscription = bus.subscribe(0);
    drop(bus);
    write(&*log, 1, 1).await;
    listen(&mut subscription, 0, 1).await;
}
