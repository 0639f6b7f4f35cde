//! The log in Postgres does what every backend must, and what only a shared one can.

#![allow(clippy::unwrap_used, reason = "a test: a panic is its verdict")]

mod batches;
mod errors;
mod failover;
mod nodes;
mod plans;
mod restarts;
mod tampering;
mod tls;
mod upgrades;

use std::time::Duration;

use sandan_log::conformance::Subject;
use sandan_log::{Clock, Log, PostgresLog, PostgresOptions};
use sandan_testkit::Postgres;

/// How long a condition may take to come true. Generous: it is no verdict on speed.
const PATIENCE: Duration = Duration::from_secs(60);

async fn open(clock: Clock) -> Subject {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let options = PostgresOptions { clock, ..PostgresOptions::default() };
    Subject::new(PostgresLog::open(&url, options).await.unwrap(), postgres)
}

sandan_log::conformance!(open);

async fn open_at(url: &str) -> PostgresLog {
    PostgresLog::open(url, PostgresOptions::default()).await.unwrap()
}

/// The database's name in its address.
fn name(url: &str) -> &str {
    url.rsplit('/').next().unwrap()
}

/// Waits until the log was told of that position.
async fn hears_of(log: &dyn Log, position: u64) {
    let mut watcher = log.watch();
    let heard = tokio::time::timeout(PATIENCE, watcher.wait_for(|told| *told >= position));
    heard.await.unwrap().unwrap();
}
