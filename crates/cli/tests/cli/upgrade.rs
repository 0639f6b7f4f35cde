//! An old node beside a newer one: what it does not know it stops at, and never skips.

use sandan_log::conformance::Sample;
use sandan_log::{Log, PostgresLog, PostgresOptions, StreamName};
use sandan_testkit::Postgres;
use serde_json::{Value, json};

use crate::place::{Place, call, wait_for};

/// A newer program's event about the request.
async fn newer_event(database: &str, request: &str, version: u64) -> u64 {
    let log = PostgresLog::open(database, PostgresOptions::default()).await.unwrap();
    let stream = StreamName::new("request", request.parse().unwrap());
    let sample = Sample::command(1).writes(stream, version, 1).with(|event| event.kind = "sandan.request.blessed");
    let position = sample.accepted(&log).await.last;
    log.close().await.unwrap();
    position
}

fn status_of(answer: &str) -> u16 {
    answer[9..12].parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_event_that_only_a_newer_program_knows_stops_an_old_node_where_it_matters_and_nowhere_else() {
    let postgres = Postgres::shared();
    let database = postgres.database();
    let mut place = Place::with(&["--database", &database]);
    place.json(&["community", "add", "lakeside", "湖滨社区"]);
    let token = place.json(&["token", "create", "--role", "dispatcher"])["token"].as_str().unwrap().to_owned();
    place.serve();
    let url = place.server.as_ref().unwrap().ready["url"].as_str().unwrap().to_owned();
    let file = || {
        let body = json!({"community": "lakeside", "description": "路灯不亮"});
        place.server.as_ref().unwrap().post("/api/v1/requests", "", &body)
    };
    let (blessed, other) = (file(), file());
    let of = |filed: &Value, step: &str| format!("/api/v1/requests/{}{step}", filed["id"].as_str().unwrap());
    let position = newer_event(&database, blessed["id"].as_str().unwrap(), 1).await;

    // The read models stop before it, say so, and answer with what they have.
    let ready = wait_for("the read models to say so", || {
        let (status, ready) = place.server.as_ref().unwrap().json("/readyz", "");
        (status == 503 && ready.to_string().contains("sandan.request.blessed")).then_some(ready)
    });
    let model = &ready["models"][0];
    assert_eq!((&model["state"], &model["position"]), (&"poisoned".into(), &json!(position - 1)), "{ready}");
    assert!(model["reason"].as_str().unwrap().contains("newer version"), "{ready}");
    let shown = call(&url, "GET", &of(&other, ""), &token, "");
    assert_eq!(status_of(&shown), 200, "{shown}");

    // No decision is made about what it can't understand; everything else goes on.
    let accept = json!({"decision": "accept"}).to_string();
    let refused = call(&url, "POST", &of(&blessed, "/triage"), &token, &accept);
    assert_eq!(status_of(&refused) / 100, 5, "{refused}");
    let accepted = call(&url, "POST", &of(&other, "/triage"), &token, &accept);
    assert_eq!(status_of(&accepted), 200, "{accepted}");
    assert_eq!(place.json(&["log", "stat"])["position"], json!(position + 1), "the refusal wrote nothing");
    assert_eq!(place.json(&["log", "verify"])["ok"], true);

    // Started anew it stands where it stood.
    place.server.take().unwrap().stop();
    place.serve();
    wait_for("the same after a restart", || {
        let ready = place.server.as_ref().unwrap().json("/readyz", "").1;
        (ready["models"][0]["state"] == "poisoned" && ready["models"][0]["position"] == position - 1).then_some(())
    });
}
