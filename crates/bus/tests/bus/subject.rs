//! A log with a bus on it, and short ways to write to one and listen to the other.

use std::sync::Arc;
use std::time::Duration;

use sandan_bus::nats::{Connection, NatsBus, NatsOptions, Relay};
use sandan_bus::{Batch, Bus, LocalBus, Subscription};
use sandan_log::conformance::{Sample, stream};
use sandan_log::{Log, MemoryLog, Position};
use sandan_testkit::Nats;
use tokio::time::timeout;

/// Longer than anything here takes, so that what never comes fails the test.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Subject {
    pub log: Arc<dyn Log>,
    pub bus: Arc<dyn Bus>,
    /// The server in between, where there is one.
    _nats: Option<Nats>,
}

impl Subject {
    /// The bus inside the process over a log in memory.
    pub fn new() -> Self {
        let log: Arc<dyn Log> = Arc::new(MemoryLog::new());
        Self { bus: Arc::new(LocalBus::new(log.clone())), log, _nats: None }
    }

    /// The bus over a NATS server of its own, with a relay.
    pub async fn over_nats() -> Self {
        let nats = Nats::start();
        let log: Arc<dyn Log> = Arc::new(MemoryLog::new());
        let connection = Connection::probe(NatsOptions::parse(&nats.url()).unwrap()).await.unwrap();
        let relay = Relay::new(log.clone(), connection.clone());
        tokio::spawn(async move { relay.run(std::future::pending()).await });
        Self { bus: Arc::new(NatsBus::new(log.clone(), connection)), log, _nats: Some(nats) }
    }

    /// Appends `count` events as command number `command`, each command on a stream of its own.
    pub async fn write(&self, command: u128, count: usize) {
        write(&*self.log, command, count).await;
    }
}

pub async fn write(log: &dyn Log, command: u128, count: usize) {
    Sample::command(command).writes(stream(command), 0, count).accepted(log).await;
}

/// The next batch, which must come.
pub async fn next(subscription: &mut Subscription) -> Batch {
    timeout(PATIENCE, subscription.next()).await.expect("a batch in time").expect("a batch before the end")
}

/// Whether the subscription has ended.
pub async fn ended(subscription: &mut Subscription) -> bool {
    timeout(PATIENCE, subscription.next()).await.expect("an end in time").is_none()
}

/// Listens until record `last` came, and checks that all after `after` came once and in order.
pub async fn listen(subscription: &mut Subscription, after: Position, last: Position) {
    let mut position = after;
    while position < last {
        position = check(&next(subscription).await, position);
    }
    assert_eq!(position, last);
}

/// Checks that the batch goes on right after `position`, and answers with its last one.
pub fn check(batch: &Batch, position: Position) -> Position {
    assert!(!batch.is_empty());
    let positions: Vec<Position> = batch.iter().map(|record| record.position).collect();
    let expected: Vec<Position> = (position + 1..).take(batch.len()).collect();
    assert_eq!(positions, expected);
    position + batch.len() as u64
}
