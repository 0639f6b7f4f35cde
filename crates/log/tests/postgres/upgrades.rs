//! A newer program has changed the database's schema while older nodes run on it.

use sandan_log::conformance::{Sample, stream};
use sandan_log::{LogError, PostgresLog, PostgresOptions, verify};
use sandan_testkit::Postgres;

use super::{hears_of, name, open_at};

/// A migration as the rules allow it: it adds, and takes nothing away.
const FUTURE: &str = "
    ALTER TABLE sandan.event ADD COLUMN place text;
    CREATE TABLE sandan.future (id uuid PRIMARY KEY);
    CREATE FUNCTION sandan.append_2() RETURNS integer LANGUAGE sql AS 'SELECT 2';
    INSERT INTO sandan.schema_history (version, name) SELECT max(version) + 1, 'future' FROM sandan.schema_history";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_of_the_version_before_go_on_and_are_not_started_anew() {
    let postgres = Postgres::shared();
    let url = postgres.database();
    let (one, two) = (open_at(&url).await, open_at(&url).await);
    Sample::command(1).writes(stream(1), 0, 2).accepted(&one).await;
    postgres.sql(name(&url), FUTURE);
    // Both go on: with what they hold prepared, and on connections that are made only now.
    Sample::command(2).writes(stream(1), 2, 2).accepted(&two).await;
    postgres.sql(
        "postgres",
        &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{}'", name(&url)),
    );
    for (log, command) in [(&one, 3), (&two, 4)] {
        Sample::command(command).writes(stream(command), 0, 1).accepted(log).await;
        hears_of(log, 4).await;
    }
    assert_eq!(verify(&one).await.unwrap().unwrap().head.position, 6);
    // A start is refused, since it could not tell which rules hold by now.
    match PostgresLog::open(&url, PostgresOptions::default()).await {
        Err(LogError::Newer { found, known, .. }) => assert_eq!(found, known + 1),
        other => panic!("{:?}", other.err()),
    }
}
