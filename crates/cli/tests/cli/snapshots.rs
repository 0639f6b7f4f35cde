//! A node that comes later goes on from a copy of the read models.

use std::path::Path;

use sandan_testkit::{Postgres, S3};

use crate::bus::{check, finding};
use crate::place::{Place, said_by, wait_for};

fn said(place: &Place) -> String {
    std::fs::read_to_string(said_by(&place.data())).unwrap_or_default()
}

fn node(database: &str, attachments: &str) -> Place {
    let settings = ["--database", database, "--attachments", attachments];
    let mut place = Place::with(&settings);
    let credentials = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(|name| (name, "test".to_owned()));
    place.environment.extend(credentials);
    place.environment.push(("SANDAN_SNAPSHOT_EVERY", "1".to_owned()));
    place
}

/// The newest copy of the main model, as `check` tells it.
fn copies(place: &Place) -> String {
    finding(&check(place), "copies")["says"].as_str().unwrap().to_owned()
}

/// A node with three events, a copy of its read models, and a second node that finds it.
fn a_second_node_goes_on_from_a_copy(database: &str, attachments: &str) -> (Place, Place) {
    let mut one = node(database, attachments);
    one.json(&["community", "add", "lakeside", "湖滨社区"]);
    assert!(copies(&one).contains("not there yet"), "{}", copies(&one));
    let file = one.write("messages.csv", "message_id,submitted_at,body\n1,2019/2/14 20:00:00,路灯不亮\n".as_bytes());
    one.import(&file);
    one.serve();
    wait_for("a copy", || copies(&one).contains("the newest at 2").then_some(()));
    wait_for("both copies", || (said(&one).matches("is kept for other nodes").count() >= 2).then_some(()));

    let mut two = node(database, attachments);
    two.serve();
    wait_for("readiness", || (two.server.as_ref().unwrap().json("/readyz", "").0 == 200).then_some(()));
    assert_eq!(said(&two).matches("goes on from a copy").count(), 2, "{}", said(&two));
    let ledger = |place: &Place| place.run(&["export", "ledger", "--format", "jsonl"]).stdout;
    assert!(String::from_utf8(ledger(&two)).unwrap().contains("路灯不亮"));
    assert_eq!(ledger(&one), ledger(&two));
    let metrics = two.server.as_ref().unwrap().get("/metrics", "");
    let fits = |line: &&str| line.starts_with("sandan_snapshots_taken_up_total") && line.contains("fits");
    assert_eq!(metrics.lines().filter(fits).count(), 2, "{metrics}");
    (one, two)
}

#[test]
fn beside_the_photos_in_a_folder_and_none_of_another_past() {
    let (postgres, photos) = (Postgres::shared(), tempfile::tempdir().unwrap());
    let (database, photos) = (postgres.database(), photos.path().join("photos"));
    let attachments = photos.to_str().unwrap();
    let (one, _two) = a_second_node_goes_on_from_a_copy(&database, attachments);
    let clear = |folder: &Path| {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
                match entry.file_type().unwrap().is_dir() {
                    true => folders.push(entry.path()),
                    false => found.push(std::fs::read(entry.path()).unwrap()),
                }
            }
        }
        (found.len(), found.iter().any(|bytes| bytes.windows(6).any(|window| window == b"SQLite")))
    };
    assert_eq!(clear(&photos), (2, false), "sealed");

    // Another installation with the same place, by mistake.
    let other = node(&postgres.database(), attachments);
    other.json(&["community", "add", "east", "东园社区"]);
    other.json(&["community", "add", "west", "西园社区"]);
    assert_eq!(other.json(&["views", "status"])["models"][0]["head"], 2);
    let output = other.run(&["export", "ledger", "--format", "jsonl"]);
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && output.stdout.is_empty(), "{error}");
    drop(one);
}

#[test]
fn in_an_object_store() {
    let (postgres, store) = (Postgres::shared(), S3::start("town"));
    let attachments = format!("s3://town/photos?endpoint={}", store.endpoint());
    a_second_node_goes_on_from_a_copy(&postgres.database(), &attachments);
}

#[test]
fn a_folder_of_the_nodes_own_is_no_place_for_copies() {
    let postgres = Postgres::shared();
    let place = Place::with(&["--database", &postgres.database()]);
    place.json(&["community", "add", "lakeside", "湖滨社区"]);
    let found = check(&place);
    assert!(found["findings"].as_array().unwrap().iter().all(|finding| finding["what"] != "copies"), "{found}");
}
