//! Services that are of no use: each is told with its code and its page, by `check` and by whoever needs it.

use sandan_testkit::{Nats, OldServer};

use crate::bus::{check, finding};
use crate::place::{Place, said_by, wait_for};

/// What a running node says about its bus.
fn says_at_its_start(place: &mut Place, code: &str) {
    place.serve();
    wait_for(code, || {
        std::fs::read_to_string(said_by(&place.data()))
            .unwrap()
            .contains(&format!("docs/errors/{code}.md"))
            .then_some(())
    });
    let server = place.server.as_ref().unwrap();
    wait_for("readiness", || (server.json("/readyz", "").0 == 200).then_some(()));
}

#[test]
fn a_postgres_that_is_too_old() {
    let old = OldServer::postgres("14.12", "140012");
    let place = Place::with(&["--database", &format!("postgres://ada:geheim@127.0.0.1:{}/town", old.port())]);
    let error = place.fails(&["log", "stat"]);
    assert!(error.contains("error[database-too-old]") && error.contains("14.12"), "{error}");
    assert!(error.contains("docs/errors/database-too-old.md") && !error.contains("geheim"), "{error}");
    let database = finding(&check(&place), "database");
    assert_eq!((&database["state"], &database["page"]), (&"wrong".into(), &"docs/errors/database-too-old.md".into()));
}

#[test]
fn a_nats_server_that_is_too_old_and_a_node_goes_on_without_it() {
    let old = OldServer::nats("2.9.25");
    let mut place = Place::with(&["--nats", &format!("nats://127.0.0.1:{}", old.port())]);
    place.json(&["community", "add", "lakeside", "湖滨社区"]);
    let bus = finding(&check(&place), "bus");
    assert_eq!((&bus["state"], &bus["page"]), (&"wrong".into(), &"docs/errors/bus-too-old.md".into()), "{bus}");
    assert!(bus["says"].as_str().unwrap().contains("2.9.25"), "{bus}");
    says_at_its_start(&mut place, "bus-too-old");
}

#[test]
fn a_stream_that_is_somebody_elses() {
    let nats = Nats::start();
    let theirs = r#"{"name":"SANDAN","subjects":["orders.>"],"retention":"workqueue","storage":"file"}"#;
    let made = nats.ask("$JS.API.STREAM.CREATE.SANDAN", theirs);
    assert!(!made.contains("error"), "{made}");
    let mut place = Place::with(&["--nats", &nats.url()]);
    place.json(&["community", "add", "lakeside", "湖滨社区"]);
    let bus = finding(&check(&place), "bus");
    assert_eq!((&bus["state"], &bus["page"]), (&"wrong".into(), &"docs/errors/bus-stream-foreign.md".into()), "{bus}");
    assert!(bus["says"].as_str().unwrap().contains("orders.>"), "{bus}");
    says_at_its_start(&mut place, "bus-stream-foreign");
    let kept = nats.ask("$JS.API.STREAM.INFO.SANDAN", "");
    assert!(kept.contains(r#""subjects":["orders."#), "it is left alone: {kept}");
}
