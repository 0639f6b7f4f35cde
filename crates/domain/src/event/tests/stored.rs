//! What was written once can be read for ever, and is written the same again.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::fixtures::fixtures;
use crate::Event;
use crate::event::DecodeError;

/// Names and schema numbers of all aggregates.
fn catalogue() -> Vec<(&'static str, u16)> {
    Event::catalogue().collect()
}

#[test]
fn every_event_has_a_fixture_and_every_fixture_an_event() {
    let catalogue = catalogue();
    let declared: BTreeSet<(String, u16)> =
        catalogue.iter().map(|(name, schema)| (name.to_string(), *schema)).collect();
    let stored: Vec<(String, u16)> = fixtures().into_iter().map(|fixture| (fixture.name, fixture.schema)).collect();
    assert_eq!(catalogue.len(), declared.len(), "no name is declared twice");
    assert_eq!(stored.iter().cloned().collect::<BTreeSet<_>>(), declared);
}

#[test]
fn every_fixture_is_read_and_written_the_same_again() {
    for fixture in fixtures() {
        let event = fixture.event();
        assert_eq!((event.name(), event.schema()), (&*fixture.name, fixture.schema));
        let written: Value = serde_json::from_slice(&event.encode().unwrap()).unwrap();
        assert_eq!(written, fixture.json(), "{}", fixture.name);
    }
}

#[test]
fn every_fixture_shows_every_field() {
    fn is_full(value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::Array(items) => !items.is_empty() && items.iter().all(is_full),
            Value::Object(fields) => !fields.is_empty() && fields.values().all(is_full),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
        }
    }
    for fixture in fixtures() {
        assert!(is_full(&fixture.json()), "{} leaves something out", fixture.name);
    }
}

#[test]
fn a_field_that_a_newer_program_added_is_no_obstacle() {
    for fixture in fixtures() {
        let mut newer = fixture.json();
        newer["added_later"] = json!({ "by": ["a newer program"] });
        let event = Event::decode(&fixture.name, fixture.schema, newer.to_string().as_bytes());
        assert_eq!(event.unwrap(), fixture.event(), "{}", fixture.name);
    }
}

#[test]
fn names_say_whose_and_what_in_small_letters() {
    for (name, schema) in catalogue() {
        let parts: Vec<&str> = name.split('.').collect();
        let is_plain = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        assert!(parts.len() == 3 && parts[0] == "sandan" && parts.iter().all(is_plain), "{name}");
        assert!(schema >= 1, "{name}");
    }
}

#[test]
fn only_the_passing_of_a_requests_deadline_is_called_overdue() {
    let overdue = catalogue().into_iter().filter(|(name, _)| name.contains("overdue"));
    assert!(overdue.into_iter().all(|(name, _)| name == "sandan.request.overdue"));
}

#[test]
fn what_a_newer_program_wrote_stops_the_reader() {
    let unknown = |name: &str, schema| matches!(Event::decode(name, schema, b"{}"), Err(DecodeError::Unknown { .. }));
    assert!(unknown("sandan.request.teleported", 1));
    for (name, schema) in catalogue() {
        assert!(unknown(name, schema + 1), "{name}");
        assert!(unknown(name, 0), "{name}");
    }
}

#[test]
fn a_broken_body_is_an_error_that_names_the_event() {
    for (name, schema) in catalogue() {
        for body in ["", "7", "[]", "null", "{\"round\":"] {
            let error = Event::decode(name, schema, body.as_bytes()).unwrap_err();
            assert_eq!(error.to_string(), format!("decode the body of {name}"));
        }
    }
}

/// Fields that were added after a body was first written: what was written without them is written so again.
#[test]
fn what_was_added_to_an_event_is_read_and_written_and_may_be_missing() {
    let due = fixtures().into_iter().find(|fixture| fixture.name == "sandan.request.overdue").unwrap().json();
    let time = json!("2026-11-09T16:00:00Z");
    let filed = fixtures().into_iter().find(|fixture| fixture.name == "sandan.request.filed").unwrap().json();
    let sealed = filed["requester"]["phone"].clone();
    let added = [
        ("sandan.request.dispatched", "remind_at", time.clone()),
        ("sandan.request.dispatched", "fallback_at", time.clone()),
        ("sandan.request.dispatched", "fallback", json!(true)),
        ("sandan.request.rework_ordered", "remind_at", time.clone()),
        ("sandan.request.resumed", "remind_at", time.clone()),
        ("sandan.request.resumed", "fallback_at", time.clone()),
        ("sandan.request.resumed", "supervision", due["limit"].clone()),
        ("sandan.review.opened", "invite_at", time.clone()),
        ("sandan.evaluation.convened", "invite_at", time.clone()),
        ("sandan.evaluation.opened", "invite_at", time),
        ("sandan.evaluation.volunteered", "email", sealed.clone()),
        ("sandan.project.registered", "email", sealed),
    ];
    for (name, holder) in [("sandan.request.filed", "requester"), ("sandan.request.co_signed", "signer")] {
        let fixture = fixtures().into_iter().find(|fixture| fixture.name == name).unwrap();
        let mut body = fixture.json();
        let sealed = body[holder]["phone"].clone();
        let added = body[holder].as_object_mut().unwrap().insert("email".to_owned(), sealed);
        assert_eq!(added, None, "{name} was stored without");
        let event = Event::decode(name, fixture.schema, body.to_string().as_bytes()).unwrap();
        assert_ne!(event, fixture.event(), "{name}");
        assert_eq!(serde_json::from_slice::<Value>(&event.encode().unwrap()).unwrap(), body);
    }
    for (name, field, value) in added {
        let fixture = fixtures().into_iter().find(|fixture| fixture.name == name).unwrap();
        let mut body = fixture.json();
        assert_eq!(body.as_object_mut().unwrap().insert(field.to_owned(), value), None, "{name} was stored without");
        let event = Event::decode(name, fixture.schema, body.to_string().as_bytes()).unwrap();
        assert_ne!(event, fixture.event(), "{name}.{field}");
        assert_eq!(serde_json::from_slice::<Value>(&event.encode().unwrap()).unwrap(), body);
    }
}

/// The fixture of a dispatch goes to units; these are the other places.
#[test]
fn a_dispatch_to_the_pool_or_to_the_desk_is_read_and_written_too() {
    let dispatched = fixtures().into_iter().find(|fixture| fixture.name == "sandan.request.dispatched").unwrap();
    for target in [json!({ "to": "pool", "slots": 3 }), json!({ "to": "desk" })] {
        let mut body = dispatched.json();
        let fields = body.as_object_mut().unwrap();
        ["to", "lead", "assisting"].iter().for_each(|field| drop(fields.remove(*field)));
        fields.extend(target.as_object().unwrap().clone());
        let event = Event::decode(&dispatched.name, dispatched.schema, body.to_string().as_bytes()).unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&event.encode().unwrap()).unwrap(), body);
    }
}
