//! Whoever changes the tables behind the log's back is found out, at the first place that was touched.

use sandan_log::conformance::{Sample, stream};
use sandan_log::verify;
use sandan_testkit::Postgres;

use super::{name, open_at};

#[tokio::test]
async fn every_field_of_a_record_is_covered() {
    let changes = [
        "version = version + 40",
        "id = command",
        "kind = community",
        "schema = 2",
        "community = kind",
        "occurred = occurred + 1",
        "recorded = recorded + 1",
        "command = id",
        "correlation = id",
        "causation = id",
        "actor = 'mallory'",
        "hash = sha256('x')",
        "hash = 'x'",
        "body = 'x'",
        "stream = id",
        "stream_kind = 'review'",
        "generation = 0",
        "position = 4000",
    ];
    let postgres = Postgres::shared();
    let url = postgres.database();
    let log = open_at(&url).await;
    for number in 1..=2 {
        Sample::command(number).writes(stream(number), 0, 4).accepted(&log).await;
    }
    verify(&log).await.unwrap().unwrap();
    postgres.sql(name(&url), "CREATE TABLE kept AS SELECT * FROM sandan.event");
    for change in changes {
        postgres.sql(name(&url), &format!("UPDATE sandan.event SET {change} WHERE position = 6"));
        let bad = verify(&log).await.unwrap().unwrap_err();
        assert_eq!(bad.position, 6, "{change}: {bad}");
        postgres.sql(name(&url), "TRUNCATE sandan.event; INSERT INTO sandan.event SELECT * FROM kept");
    }
    verify(&log).await.unwrap().unwrap();
}
