//! Evidence of a small run that went well: one request is filed, worked on, and reworked once by its review.

use bytes::Bytes;
use jiff::Timestamp;
use sandan_bus::nats::Stored;
use sandan_faults::evidence::Evidence;
use sandan_faults::journal::Entry;
use sandan_log::{Hash, Header, Record, StreamName, digest, link};
use serde_json::{Value, json};
use uuid::Uuid;

pub const REQUEST: Uuid = Uuid::from_u128(0x71);

/// Bodies as they are stored for ever, so that they can be read.
fn body(kind: &str) -> Value {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/fixtures");
    let text = std::fs::read_to_string(format!("{folder}/{kind}.1.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Fields of a stored body, changed.
fn with(kind: &str, changes: Value) -> Value {
    let mut body = body(kind);
    body.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    body
}

/// A command's records at the end of the log.
pub fn append(records: &mut Vec<Record>, command: u128, events: &[(&str, Value)]) {
    for (kind, body) in events {
        let of_review = kind.starts_with("sandan.review");
        let stream = StreamName::new(if of_review { "review" } else { "request" }, REQUEST);
        let position = records.len() as u64 + 1;
        records.push(Record {
            position,
            generation: 1,
            version: records.iter().filter(|record| record.stream == stream).count() as u64 + 1,
            stream,
            id: Uuid::from_u128(u128::from(position) << 32),
            kind: (*kind).to_owned(),
            schema: 1,
            community: "sonnenhang".to_owned(),
            occurred: Timestamp::UNIX_EPOCH,
            recorded: Timestamp::UNIX_EPOCH,
            command: Uuid::from_u128(command),
            correlation: Uuid::from_u128(command),
            causation: None,
            actor: "resident".to_owned(),
            body: Bytes::from(serde_json::to_vec(body).unwrap()),
            hash: Hash::ZERO,
        });
    }
    rehash(records);
}

/// Makes the chain right again, as somebody who falsifies a log would.
pub fn rehash(records: &mut [Record]) {
    let mut hash = Hash::ZERO;
    for record in records {
        hash = link(&hash, record.position, record.recorded, &digest(&Header::from(&*record), &record.body));
        record.hash = hash;
    }
}

/// A ballot of the person with this number.
pub fn ballot(person: u32, rating: &str) -> (&'static str, Value) {
    let person = Uuid::from_u128(u128::from(person)).to_string();
    ("sandan.review.rated", with("sandan.review.rated", json!({"person": person, "rating": rating})))
}

pub fn rework(round: u32) -> (&'static str, Value) {
    ("sandan.request.rework_ordered", with("sandan.request.rework_ordered", json!({"round": round})))
}

fn entry(key: u128, path: &str, event: &str, position: u64) -> Entry {
    Entry {
        key: Uuid::from_u128(key),
        caller: "somebody".to_owned(),
        path: path.to_owned(),
        event: event.to_owned(),
        stream: Some(REQUEST),
        permitted: false,
        status: Some(200),
        position: Some(position),
        tries: 1,
    }
}

pub fn run() -> Evidence {
    let plain = |kind: &'static str| (kind, body(kind));
    let mut records = Vec::new();
    append(&mut records, 1, &[plain("sandan.request.filed")]);
    append(&mut records, 2, &[plain("sandan.request.progressed")]);
    append(&mut records, 3, &[plain("sandan.request.completed"), plain("sandan.review.opened")]);
    append(&mut records, 4, &[ballot(1, "satisfied")]);
    let closed = plain("sandan.review.closed");
    append(&mut records, 5, &[ballot(2, "dissatisfied"), closed, rework(2)]);
    let journal = vec![
        entry(0x11, "/requests", "sandan.request.filed", 1),
        entry(0x12, "/progress", "sandan.request.progressed", 2),
        entry(0x13, "/complete", "sandan.request.completed", 4),
        entry(0x14, "/ratings", "sandan.review.rated", 5),
        entry(0x15, "/ratings", "sandan.review.rated", 8),
        Entry { status: Some(409), position: None, ..entry(0x16, "/claim", "sandan.request.claimed", 0) },
    ];
    let stream = records.iter().map(|record| Stored::Event(Box::new(record.clone()))).collect();
    let fresh = vec!["request: [Integer(1)]".to_owned(), "round: [Integer(1), Integer(2)]".to_owned()];
    let nodes = vec![("node-1".to_owned(), fresh.clone()), ("node-2".to_owned(), fresh.clone())];
    Evidence { journal, records, stream: Some(stream), fresh, nodes, seen: Vec::new() }
}

/// The stream as it should be, after the log was changed.
pub fn restream(evidence: &mut Evidence) {
    evidence.stream = Some(evidence.records.iter().map(|record| Stored::Event(Box::new(record.clone()))).collect());
}

/// Put in the pool for so many.
pub fn pool(slots: u32) -> (&'static str, Value) {
    let mut body = body("sandan.request.dispatched");
    let fields = body.as_object_mut().unwrap();
    fields.retain(|name, _| !matches!(name.as_str(), "to" | "lead" | "assisting" | "units" | "pool"));
    fields.extend(json!({"to": "pool", "slots": slots}).as_object().unwrap().clone());
    ("sandan.request.dispatched", body)
}

pub fn claim(unit: &str, leads: bool) -> (&'static str, Value) {
    ("sandan.request.claimed", with("sandan.request.claimed", json!({"unit": unit, "leads": leads})))
}
