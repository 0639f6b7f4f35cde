//! Whoever changes the file behind the log's back is found out, at the first place that was touched.

use rusqlite::Connection;
use sandan_log::conformance::{Sample, stream};
use sandan_log::{BadPosition, Log, Verified, verify};

use super::open_at;

#[tokio::test]
async fn every_field_of_a_record_is_covered() {
    let changes = [
        "version = version + 40",
        "id = zeroblob(16)",
        "kind = community",
        "schema = 2",
        "community = kind",
        "occurred = occurred + 1",
        "recorded = recorded + 1",
        "command = zeroblob(16)",
        "correlation = zeroblob(16)",
        "causation = zeroblob(16)",
        "actor = 'mallory'",
        "hash = zeroblob(32)",
        "body = zeroblob(9)",
        "stream = 1, version = 5",
        "generation = 0",
    ];
    for change in changes {
        let bad = tampered(&format!("UPDATE event SET {change} WHERE position = 6")).await;
        assert_eq!(bad.unwrap_err().position, 6, "{change}");
    }
}

#[tokio::test]
async fn lost_swapped_and_unreadable_records_are_named() {
    check("DELETE FROM event WHERE position = 4", 4, "position 5 stands here").await;
    check("DELETE FROM event WHERE position > 7", 8, "missing").await;
    check("UPDATE event SET id = x'00' WHERE position = 3", 3, "id: ").await;
    check("UPDATE event SET stream = 77 WHERE position = 3", 3, "stream's kind: ").await;
    check("UPDATE event SET occurred = 9e18 WHERE position = 2", 2, "time: ").await;
    check("UPDATE stream SET key = zeroblob(16) WHERE id = 2", 5, "hash is ").await;
    check("UPDATE word SET text = 'sandan.request.forged' WHERE text LIKE 'sandan%'", 1, "hash").await;
    let swap = "UPDATE event SET position = -2 WHERE position = 2;
                UPDATE event SET position = 2 WHERE position = 3;
                UPDATE event SET position = 3 WHERE position = -2;";
    check(swap, 2, "goes on with version 3, not 2").await;
}

async fn check(change: &str, position: u64, what: &str) {
    let bad = tampered(change).await.unwrap_err();
    assert_eq!(bad.position, position, "{change}: {bad}");
    assert!(bad.what.contains(what), "{change}: {bad}");
}

/// Two streams of four events each, then `change` on the file.
async fn tampered(change: &str) -> Result<Verified, BadPosition> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("log.db");
    let log = open_at(&path).await;
    for number in 1..=2 {
        Sample::command(number).writes(stream(number), 0, 4).accepted(&log).await;
    }
    verify(&log).await.unwrap().unwrap();
    let mallory = Connection::open(&path).unwrap();
    mallory.pragma_update(None, "foreign_keys", "off").unwrap();
    mallory.execute_batch(change).unwrap();
    assert_eq!(log.head().await.unwrap().position, 8);
    verify(&log).await.unwrap()
}
