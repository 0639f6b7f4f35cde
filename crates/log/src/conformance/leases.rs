//! Leases: one job, one holder, and a number that tells an old holder from a new one.

use std::time::Duration;

use futures::future::join_all;
use jiff::SignedDuration;

use super::{HandClock, Sample, Subject, stream};
use crate::{AppendError, Clock};

/// No test waits for it.
const LONG: Duration = Duration::from_secs(3_600);
/// Lapsed as soon as it is given.
const NONE: Duration = Duration::ZERO;

pub async fn a_free_job_is_taken_once(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    assert_eq!(log.leases().await.unwrap(), []);
    let lease = log.lease("relay", "ada", LONG).await.unwrap().unwrap();
    assert_eq!((&lease.job[..], &lease.holder[..]), ("relay", "ada"));
    assert!(lease.fence > 0);
    assert_eq!(log.lease("relay", "bob", LONG).await.unwrap(), None);
    assert_eq!(log.leases().await.unwrap(), [lease]);
}

pub async fn a_holder_renews_its_own_lease(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let first = log.lease("relay", "ada", LONG).await.unwrap().unwrap();
    let again = log.lease("relay", "ada", LONG * 2).await.unwrap().unwrap();
    assert_eq!(again.fence, first.fence);
    assert!(again.expires > first.expires);
    assert_eq!(log.leases().await.unwrap(), [again]);
}

pub async fn a_lapsed_lease_is_taken_under_a_greater_fence(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let mut last = 0;
    for holder in ["ada", "bob", "bob", "ada"] {
        let lease = log.lease("relay", holder, NONE).await.unwrap().unwrap();
        assert!(lease.fence > last, "{holder} has {} after {last}", lease.fence);
        last = lease.fence;
        assert_eq!(log.leases().await.unwrap(), []);
    }
}

pub async fn a_released_job_is_free(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let first = log.lease("relay", "ada", LONG).await.unwrap().unwrap();
    log.release(&first).await.unwrap();
    assert_eq!(log.leases().await.unwrap(), []);
    let second = log.lease("relay", "bob", LONG).await.unwrap().unwrap();
    assert!(second.fence > first.fence);
}

pub async fn only_the_newest_lease_can_be_released(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let lapsed = log.lease("relay", "ada", NONE).await.unwrap().unwrap();
    let newest = log.lease("relay", "bob", LONG).await.unwrap().unwrap();
    log.release(&lapsed).await.unwrap();
    assert_eq!(log.leases().await.unwrap(), [newest]);
}

pub async fn each_job_has_its_own_lease(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let timers = log.lease("timers", "bob", LONG).await.unwrap().unwrap();
    let relay = log.lease("relay", "ada", LONG).await.unwrap().unwrap();
    assert_eq!(log.leases().await.unwrap(), [relay, timers]);
}

pub async fn many_want_a_job_and_one_gets_it(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let names: Vec<String> = (0..16).map(|number| format!("node {number}")).collect();
    let asked = join_all(names.iter().map(|name| log.lease("relay", name, LONG))).await;
    let given: Vec<_> = asked.into_iter().filter_map(Result::unwrap).collect();
    assert_eq!(given.len(), 1);
    assert_eq!(log.leases().await.unwrap(), given);
}

pub async fn leases_do_not_run_on_the_clock_of_records(open: impl AsyncFn(Clock) -> Subject) {
    let time = HandClock::default();
    let log = open(time.clock()).await;
    log.lease("relay", "ada", LONG).await.unwrap().unwrap();
    time.advance(SignedDuration::from_hours(1_000_000));
    assert_eq!(log.lease("relay", "bob", LONG).await.unwrap(), None);
}

pub async fn an_append_is_fenced_off_by_a_newer_lease(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let old = log.lease("relay", "ada", NONE).await.unwrap().unwrap();
    Sample::command(1).under(&old).writes(stream(1), 0, 1).accepted(&*log).await;
    let new = log.lease("relay", "bob", LONG).await.unwrap().unwrap();
    let late = Sample::command(2).under(&old).writes(stream(1), 1, 1).puts("s", "k", "v").to(&*log).await;
    let Err(AppendError::Fenced { job, held, actual }) = late else { panic!("{late:?}") };
    assert_eq!((&job[..], held, actual), ("relay", old.fence, new.fence));
    assert_eq!((log.head().await.unwrap().position, log.row("s", b"k").await.unwrap()), (1, None));
    Sample::command(2).under(&new).writes(stream(1), 1, 1).accepted(&*log).await;
}

pub async fn a_lease_that_lapsed_and_was_not_taken_still_appends(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let lapsed = log.lease("relay", "ada", NONE).await.unwrap().unwrap();
    log.lease("timers", "bob", LONG).await.unwrap().unwrap();
    Sample::command(1).under(&lapsed).accepted(&*log).await;
    log.release(&lapsed).await.unwrap();
    Sample::command(2).under(&lapsed).accepted(&*log).await;
}

pub async fn the_fence_is_checked_after_the_ids_and_before_the_versions(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let old = log.lease("relay", "ada", NONE).await.unwrap().unwrap();
    let sample = Sample::command(1).under(&old).writes(stream(1), 0, 1);
    sample.clone().accepted(&*log).await;
    log.lease("relay", "bob", LONG).await.unwrap().unwrap();
    assert!(sample.accepted(&*log).await.replayed);
    let known = Sample::command(2).also(1).under(&old).to(&*log).await;
    assert!(matches!(known, Err(AppendError::CommandReused(_))), "{known:?}");
    let fenced = Sample::command(2).under(&old).decided_in(9).writes(stream(1), 5, 1).to(&*log).await;
    assert!(matches!(fenced, Err(AppendError::Fenced { .. })), "{fenced:?}");
    let mut unknown = old.clone();
    unknown.job = "never taken".to_owned();
    let unknown = Sample::command(2).under(&unknown).to(&*log).await;
    assert!(matches!(unknown, Err(AppendError::Fenced { actual: 0, .. })), "{unknown:?}");
}
