//! Several nodes on one database.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures::future::join_all;
use sandan_log::conformance::{Sample, stream};
use sandan_log::{AppendError, Log, PostgresLog, verify};
use sandan_testkit::Postgres;

use super::{hears_of, open_at};

const NODES: u128 = 3;
const CALLERS: u128 = 8;
const APPENDS: u128 = 25;
/// Stream that everybody wants to write to.
const SHARED: u128 = 1_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn positions_and_versions_are_dense_whoever_appends() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let nodes: Vec<Arc<PostgresLog>> =
        join_all((0..NODES).map(|_| open_at(&url))).await.into_iter().map(Arc::new).collect();
    let callers = (0..NODES * CALLERS).map(|caller| {
        let node = nodes[(caller % NODES) as usize].clone();
        tokio::spawn(async move { write(&*node, caller).await })
    });
    join_all(callers).await.into_iter().for_each(|done| done.unwrap());
    let verified = verify(&*nodes[0]).await.unwrap().unwrap();
    let stat = nodes[1].stat().await.unwrap();
    let shared = (NODES * CALLERS * APPENDS.div_ceil(5)) as u64;
    assert_eq!(stat.events, (NODES * CALLERS * APPENDS) as u64 + shared);
    assert_eq!((verified.head, verified.streams), (stat.head, stat.streams));
    let records = nodes[2].read(0, usize::MAX).await.unwrap();
    let positions = records.iter().map(|record| record.position);
    assert!(positions.eq(1..=stat.events));
    let ids: HashSet<_> = records.iter().map(|record| record.id).collect();
    assert_eq!(ids.len(), records.len());
    for node in &nodes {
        hears_of(&**node, stat.events).await;
    }
}

/// Both of one node's appends wait in line when another node's comes first.
#[tokio::test]
async fn another_nodes_version_is_not_the_one_that_was_hoped_for() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let (one, two) = (open_at(&url).await, open_at(&url).await);
    two.append(Sample::command(1).writes(stream(1), 0, 1).append()).await.unwrap();
    let hope = Sample::command(2).writes(stream(1), 0, 1);
    let upon = Sample::command(3).writes(stream(1), 1, 1).upon(&hope);
    let (hope, upon) = futures::future::join(hope.to(&one), upon.to(&one)).await;
    assert!(matches!(hope, Err(AppendError::Conflict { actual: 1, .. })), "{hope:?}");
    assert!(matches!(upon, Err(AppendError::Unfounded)), "{upon:?}");
}

/// To a stream of its own, and every fifth time to the shared one too.
async fn write(log: &dyn Log, caller: u128) {
    let mut shared = 0;
    for number in 0..APPENDS {
        loop {
            let sample = Sample::command((caller + 1) << 64 | number).writes(stream(caller), number as u64, 1);
            let sample = match number.is_multiple_of(5) {
                true => sample.writes(stream(SHARED), shared, 1),
                false => sample,
            };
            match sample.to(log).await {
                Err(AppendError::Conflict { actual, .. }) => shared = actual,
                answer => break assert!(!answer.unwrap().replayed),
            }
        }
    }
}

#[tokio::test]
async fn the_same_command_on_two_nodes_happens_once() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let (one, two) = (open_at(&url).await, open_at(&url).await);
    for number in 0..20 {
        let sample = Sample::command(number).writes(stream(number), 0, 1);
        let answers = tokio::join!(sample.clone().to(&one), sample.to(&two));
        let (one, two) = (answers.0.unwrap(), answers.1.unwrap());
        assert_eq!(u8::from(one.replayed) + u8::from(two.replayed), 1);
        assert_eq!((one.last, one.hash, one.recorded), (two.last, two.hash, two.recorded));
    }
    assert_eq!(one.head().await.unwrap().position, 20);
}

#[tokio::test]
async fn a_node_hears_of_what_another_appends() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let (one, two) = (open_at(&url).await, open_at(&url).await);
    for number in 0..5 {
        let receipt = Sample::command(number).writes(stream(1), number as u64, 1).accepted(&one).await;
        two.nudge();
        hears_of(&two, receipt.last).await;
    }
    let receipt = Sample::command(9).writes(stream(1), 5, 1).accepted(&one).await;
    hears_of(&two, receipt.last).await;
}

#[tokio::test]
async fn a_lease_moves_between_nodes_and_fences_the_old_holder_off() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let (one, two) = (open_at(&url).await, open_at(&url).await);
    let short = Duration::from_millis(200);
    let old = one.lease("relay", "one", short).await.unwrap().unwrap();
    // The other node gets it when the database says so, and not before.
    let new = loop {
        if let Some(lease) = two.lease("relay", "two", Duration::from_secs(3_600)).await.unwrap() {
            break lease;
        }
    };
    assert!(new.fence > old.fence);
    assert_eq!(one.lease("relay", "one", short).await.unwrap(), None);
    let late = Sample::command(1).under(&old).writes(stream(1), 0, 1).to(&one).await;
    assert!(matches!(late, Err(AppendError::Fenced { .. })), "{late:?}");
    Sample::command(1).under(&new).writes(stream(1), 0, 1).accepted(&two).await;
    assert_eq!(one.leases().await.unwrap(), [new]);
}

#[tokio::test]
async fn a_fork_is_noticed_on_every_node() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let (one, two) = (open_at(&url).await, open_at(&url).await);
    Sample::command(1).decided_in(two.generation()).writes(stream(1), 0, 1).accepted(&two).await;
    one.fork("a test").await.unwrap();
    let known = 1;
    let late = Sample::command(2).decided_in(known).writes(stream(1), 1, 1).to(&two).await;
    assert!(matches!(late, Err(AppendError::Forked { known: 1, actual: 2 })), "{late:?}");
    assert_eq!(two.generation(), 2, "whoever was refused can decide again at once");
    Sample::command(2).decided_in(two.generation()).writes(stream(1), 1, 1).accepted(&two).await;
}
