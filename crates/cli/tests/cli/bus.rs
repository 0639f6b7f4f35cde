//! The bus between nodes: there, not there, and not ours.

use std::net::TcpListener;

use sandan_testkit::Nats;
use serde_json::Value;

use crate::place::{Place, said_by, wait_for};

pub fn finding(check: &Value, what: &str) -> Value {
    let findings = check["findings"].as_array().unwrap().iter();
    findings.clone().find(|finding| finding["what"] == what).cloned().unwrap_or_else(|| panic!("{what}: {check}"))
}

/// What `check` says, whether all is well or not.
pub fn check(place: &Place) -> Value {
    serde_json::from_slice(&place.run(&["check", "--json", "--listen", "127.0.0.1:0"]).stdout).unwrap()
}

#[test]
fn a_node_starts_without_its_bus_and_says_that_it_is_degraded() {
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let mut place = Place::with(&["--nats", &format!("nats://me:geheim@{nobody}")]);
    place.json(&["community", "add", "lakeside", "湖滨社区"]);
    let server = place.serve();
    let (status, ready) = wait_for("readiness", || {
        Some(server.json("/readyz", "")).filter(|(_, ready)| ready["status"] != "unavailable")
    });
    assert_eq!(
        (status, &ready["status"], &ready["bus"]),
        (200, &Value::from("degraded"), &Value::from("down")),
        "{ready}"
    );
    let found = check(&place);
    assert_eq!(
        (&finding(&found, "bus")["state"], &found["ok"]),
        (&Value::from("warning"), &Value::from(true)),
        "{found}"
    );
    let said = std::fs::read_to_string(said_by(&place.data())).unwrap();
    assert!(!said.contains("geheim") && !found.to_string().contains("geheim"), "{said}");
}

#[test]
fn events_reach_the_bus_and_check_tells_what_is_there() {
    let mut nats = Nats::start();
    let mut place = Place::with(&["--nats", &nats.url()]);
    place.json(&["community", "add", "lakeside", "湖滨社区"]);
    place.serve();
    let bus = wait_for("the stream", || {
        let found = finding(&check(&place), "bus");
        found["says"].as_str().unwrap().contains("holds 1 events").then_some(found)
    });
    assert_eq!(bus["state"], "good", "{bus}");
    let server = place.server.as_ref().unwrap();
    wait_for("the bus", || (server.json("/readyz", "").1["status"] == "ready").then_some(()));
    nats.kill();
    let (status, ready) = wait_for("its loss to be noticed", || {
        Some(server.json("/readyz", "")).filter(|(_, ready)| ready["bus"] == "down")
    });
    assert_eq!((status, &ready["status"]), (200, &Value::from("degraded")), "{ready}");
    assert!(place.json(&["token", "create", "--role", "dispatcher"])["token"].is_string(), "work goes on");
}

#[test]
fn a_bus_that_refuses_us_or_is_none_is_told_with_its_page_and_without_the_password() {
    let nats = Nats::start_for("me", "right");
    let url = nats.url();
    let address = url.rsplit(['@', '/']).next().unwrap();
    let place = Place::with(&["--nats", &format!("nats://me:geheim@{address}")]);
    place.run(&["community", "add", "lakeside", "湖滨社区"]);
    let found = check(&place);
    let bus = finding(&found, "bus");
    assert_eq!((&bus["state"], &found["ok"]), (&Value::from("wrong"), &Value::from(false)), "{found}");
    assert!(bus["says"].as_str().unwrap().contains("refuses") && !found.to_string().contains("geheim"), "{found}");
    let plain = Nats::start_plain();
    let found = check(&Place::with(&["--nats", &plain.url()]));
    assert!(finding(&found, "bus")["says"].as_str().unwrap().contains("JetStream"), "{found}");
    let error = Place::new().fails(&["check", "--nats", "http://me:geheim@x"]);
    assert!(!error.contains("geheim"), "{error}");
}
