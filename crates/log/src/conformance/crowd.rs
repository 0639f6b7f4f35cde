//! Many callers at once, so that backends that gather appends into batches have some to gather.

use tokio::task::JoinSet;

use super::{HandClock, Sample, Subject, stream};
use crate::{AppendError, Appended, Clock, verify};

const CALLERS: usize = 64;

pub async fn the_same_command_from_many_callers_happens_once(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let answers = at_once(&log, |_| Sample::command(1).writes(stream(1), 0, 2)).await;
    let receipts: Vec<Appended> = answers.into_iter().map(Result::unwrap).collect();
    assert_eq!(receipts.iter().filter(|receipt| !receipt.replayed).count(), 1);
    assert!(receipts.iter().all(|receipt| (receipt.first, receipt.last) == (1, 2)));
    assert_eq!(log.head().await.unwrap().position, 2);
}

pub async fn a_conflict_leaves_its_neighbours_alone(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let answers = at_once(&log, |caller| {
        let version = if caller % 2 == 0 { 0 } else { 3 };
        Sample::command(caller).writes(stream(caller), version, 1)
    });
    let (done, refused): (Vec<_>, Vec<_>) = answers.await.into_iter().partition(Result::is_ok);
    assert_eq!((done.len(), refused.len()), (CALLERS / 2, CALLERS / 2));
    assert!(refused.iter().all(|answer| matches!(answer, Err(AppendError::Conflict { .. }))));
    let stat = log.stat().await.unwrap();
    assert_eq!((stat.events, stat.streams), (CALLERS as u64 / 2, CALLERS as u64 / 2));
    assert_eq!(verify(&*log).await.unwrap().unwrap().head, stat.head);
}

pub async fn one_of_many_writers_wins_each_version(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    for version in 0..8 {
        let round = u128::from(version) << 32;
        let write = |caller| Sample::command(round | caller).writes(stream(1), version, 1);
        let answers = at_once(&log, write).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    }
    assert_eq!(log.head().await.unwrap().position, 8);
    verify(&*log).await.unwrap().unwrap();
}

pub async fn one_of_many_claims_wins(open: impl AsyncFn(Clock) -> Subject) {
    let log = open(HandClock::default().clock()).await;
    let answers = at_once(&log, |caller| Sample::command(caller).claims("slug", "north", "1"));
    let answers = answers.await;
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1);
    let taken = |answer: &&Result<_, _>| matches!(answer, Err(AppendError::KeyTaken { .. }));
    assert_eq!(answers.iter().filter(taken).count(), CALLERS - 1);
}

/// What every caller asks for is on its way before any answer is looked at.
async fn at_once(log: &Subject, sample: impl Fn(u128) -> Sample) -> Vec<Result<Appended, AppendError>> {
    let mut callers = JoinSet::new();
    for caller in 0..CALLERS as u128 {
        let (log, append) = (log.log.clone(), sample(caller).append());
        callers.spawn(async move { log.append(append).await });
    }
    callers.join_all().await
}
