//! The master key, replaced while no node runs.

use std::os::unix::fs::PermissionsExt;

use sandan_testkit::Postgres;
use serde_json::{Value, json};

use crate::place::{Place, said_by, wait_for};

fn filed(place: &mut Place) -> Value {
    place.serve();
    let body = json!({"community": "lakeside", "description": "路灯不亮", "requester": {"name": "王芳", "phone": "13900000000"}});
    let filed = place.server.as_ref().unwrap().post("/api/v1/requests", "", &body);
    place.server.take().unwrap().stop();
    filed
}

/// The resident who filed reads it with the code on the receipt.
fn is_read_with_its_code(place: &mut Place, filed: &Value) {
    place.serve();
    let (id, code) = (filed["id"].as_str().unwrap(), filed["tracking_code"].as_str().unwrap());
    let path = format!("/api/v1/requests/{id}?tracking_code={code}&after={}", filed["position"]);
    let (status, shown) = place.server.as_ref().unwrap().json(&path, "");
    assert_eq!((status, &shown["description"]), (200, &"路灯不亮".into()), "{shown}");
    place.server.take().unwrap().stop();
    // Built anew, from what is sealed under the new key.
    place.json(&["views", "rebuild"]);
    let ledger = place.run(&["export", "ledger", "--format", "jsonl"]).stdout;
    assert!(String::from_utf8(ledger).unwrap().contains("路灯不亮"));
}

#[test]
fn of_a_log_in_a_folder() {
    let mut place = Place::with_community();
    let filed = filed(&mut place);
    let file = place.data().join("master.key");
    let old = std::fs::read(&file).unwrap();
    let rotated = place.json(&["key", "rotate"]);
    assert_eq!((&rotated["persons"], &rotated["damaged"]), (&json!(1), &json!(0)), "{rotated}");
    let new = std::fs::read(&file).unwrap();
    assert_ne!(old, new);
    assert_eq!(std::fs::read(place.data().join("master.key.old")).unwrap(), old);
    assert!(!place.data().join("master.key.new").exists());
    for name in ["master.key", "master.key.old"] {
        assert_eq!(std::fs::metadata(place.data().join(name)).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
    is_read_with_its_code(&mut place, &filed);
    // The old one is of no use any more.
    std::fs::write(&file, &old).unwrap();
    let error = place.fails(&["user", "list"]);
    assert!(error.contains("error[master-key]") && error.contains("replaced"), "{error}");
    std::fs::write(&file, &new).unwrap();
    place.json(&["key", "rotate"]);
    is_read_with_its_code(&mut place, &filed);
}

#[test]
fn of_a_shared_log_in_the_database_or_in_a_file_and_a_node_that_runs_is_in_the_way() {
    let postgres = Postgres::shared();
    let database = postgres.database();
    let mut place = Place::with(&["--database", &database]);
    place.json(&["community", "add", "lakeside", "湖滨社区"]);
    let filed = filed(&mut place);
    place.json(&["key", "rotate"]);
    is_read_with_its_code(&mut place, &filed);

    let file = place.temp.path().join("key");
    let file = file.to_str().unwrap();
    place.json(&["key", "export", file, "--move"]);
    let mut place = Place::with(&["--database", &database, "--key-file", file]);
    place.json(&["key", "rotate"]);
    is_read_with_its_code(&mut place, &filed);

    let mut runs = Place::with(&["--database", &database, "--key-file", file]);
    runs.serve();
    wait_for("its jobs", || place.fails(&["key", "rotate"]).contains("log-in-use").then_some(()));
}

#[test]
fn a_node_that_was_overlooked_ends_when_its_key_is_no_longer_the_logs() {
    let postgres = Postgres::shared();
    let database = postgres.database();
    let mut place = Place::with(&["--database", &database]);
    place.json(&["community", "add", "lakeside", "湖滨社区"]);
    place.serve();
    // As if its leases had lapsed while it was paused.
    let name = database.rsplit('/').next().unwrap();
    let other = Place::with(&["--database", &database]);
    wait_for("the replacement", || {
        postgres.sql(name, "DELETE FROM sandan.lease");
        other.run(&["key", "rotate"]).status.success().then_some(())
    });
    let said = || std::fs::read_to_string(said_by(&place.data())).unwrap();
    wait_for("it says so", || said().contains("docs/errors/master-key.md").then_some(()));
    let mut server = place.server.take().unwrap();
    wait_for("its end", || server.child.try_wait().unwrap());
}
