//! A log moves: into another folder, and what is refused on the way.

use sandan_testkit::S3;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::place::Place;

#[test]
fn photos_of_an_object_store_are_in_the_backup_and_come_back_into_another() {
    let (store, mut place) = (S3::start("old"), Place::with_community());
    store.bucket("new");
    let credentials = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"].map(|name| (name, "test".to_owned()));
    place.environment.extend(credentials.clone());
    let at = |bucket: &str| format!("s3://{bucket}/photos?endpoint={}", store.endpoint());
    let hash = |text: &str| data_encoding::HEXLOWER.encode(&Sha256::digest(text));
    let (one, two) = (hash("one photo"), hash("two photos"));
    for (name, body) in [(&one, "one photo"), (&two, "two photos"), (&hash("three"), "damaged")] {
        store.put(&format!("old/photos/{name}"), body);
    }
    store.put("old/photos/read-models/views-3/1", "no photo");
    let backup = place.temp.path().join("backup");
    let taken = place.json(&["backup", backup.to_str().unwrap(), "--attachments", &at("old")]);
    assert_eq!((&taken["files"], &taken["photos_damaged"]), (&json!(4), &json!([hash("three")])), "{taken}");
    assert_eq!(std::fs::read(backup.join("attachments").join(&two)).unwrap(), b"two photos");

    let mut other = Place::new();
    other.environment.extend(credentials);
    other.json(&["restore", backup.to_str().unwrap(), "--attachments", &at("new")]);
    let again = place.temp.path().join("again");
    let taken = other.json(&["backup", again.to_str().unwrap(), "--attachments", &at("new")]);
    assert_eq!((&taken["files"], &taken["photos_damaged"]), (&json!(4), &json!([])), "{taken}");
    assert_eq!(std::fs::read(again.join("attachments").join(&one)).unwrap(), b"one photo");
}

fn imported() -> Place {
    let place = Place::with_community();
    let text = "message_id,submitted_at,body\n1,2019/2/14 20:00:00,路灯不亮\n2,2019/2/15 20:00:00,漏水\n";
    let file = place.write("messages.csv", text.as_bytes());
    assert_eq!(place.import(&file)["added"], 2);
    place
}

#[test]
fn a_copied_log_goes_on_in_its_new_folder_with_its_key() {
    let place = imported();
    let other = Place::new();
    let copied = place.json(&["log", "copy", "--to", other.data().to_str().unwrap()]);
    let (from, to) = (place.json(&["log", "stat"]), other.json(&["log", "stat"]));
    assert_eq!(from, to);
    assert_eq!((&copied["position"], &copied["hash"]), (&to["position"], &to["hash"]));
    let ledger = String::from_utf8(other.run(&["export", "ledger", "--format", "jsonl"]).stdout).unwrap();
    assert!(ledger.contains("路灯不亮"), "its words can be read: {ledger}");
    let again = place.fails(&["log", "copy", "--to", other.data().to_str().unwrap()]);
    assert!(again.contains("log-not-empty"), "{again}");
}

#[test]
fn a_log_that_is_served_is_not_moved() {
    let mut place = imported();
    place.serve();
    let error = place.fails(&["log", "copy", "--to", place.temp.path().join("new").to_str().unwrap()]);
    assert!(error.contains("folder-in-use"), "{error}");
}

#[test]
fn a_master_key_is_written_to_a_new_private_file_only() {
    let place = imported();
    let key = place.temp.path().join("key");
    place.json(&["key", "export", key.to_str().unwrap()]);
    assert_eq!(std::fs::read(&key).unwrap(), std::fs::read(place.data().join("master.key")).unwrap());
    assert!(place.fails(&["key", "export", key.to_str().unwrap()]).contains("is there already"));
    let other = place.temp.path().join("other");
    assert!(place.fails(&["key", "export", other.to_str().unwrap(), "--move"]).contains("not in the log"));
    std::fs::write(&other, [7; 32]).unwrap();
    let error = place.fails(&["log", "stat", "--key-file", other.to_str().unwrap()]);
    assert!(error.contains("master-key") && error.contains("not the one"), "{error}");
    std::fs::remove_file(place.data().join("master.key")).unwrap();
    assert!(place.fails(&["log", "stat"]).contains("is missing"), "no new key hides it");
}
