//! The log in a SQLite file does what every backend must.

use sandan_log::conformance::Subject;
use sandan_log::{Clock, SqliteLog, SqliteOptions};

async fn open(clock: Clock) -> Subject {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteOptions { clock, ..SqliteOptions::default() };
    let log = SqliteLog::open(folder.path().join("log.db"), options).await.unwrap();
    Subject::new(log, folder)
}

sandan_log::conformance!(open);
