//! The log in a SQLite file does what every backend must, and what only a file can.

#![allow(clippy::unwrap_used, reason = "a test: a panic is its verdict")]

mod backup;
mod faults;
mod files;
mod tampering;
mod transfer;

use std::path::Path;

use sandan_log::conformance::Subject;
use sandan_log::{Clock, SqliteLog, SqliteOptions};

async fn open(clock: Clock) -> Subject {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteOptions { clock, ..SqliteOptions::default() };
    let log = SqliteLog::open(folder.path().join("log.db"), options).await.unwrap();
    Subject::new(log, folder)
}

sandan_log::conformance!(open);

async fn open_at(path: &Path) -> SqliteLog {
    SqliteLog::open(path, SqliteOptions::default()).await.unwrap()
}
