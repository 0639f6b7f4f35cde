//! A request from filing to sign-off.

use std::sync::Arc;

use sandan_app::Clock;
use sandan_domain::Role;
use sandan_log::{SqliteLog, SqliteOptions};
use sandan_web::Settings;
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn filing_answers_with_everything_a_resident_needs() {
    let house = House::furnished().await;
    let body = json!({"community": "a", "description": "Dark street"});
    let told = house.post("/api/v1/requests").header("host", "sandan.example").json(&body).send().await.expect(201);
    assert_eq!(told.text("/state"), "filed");
    assert_eq!(told.text("/tracking_code").len(), 13);
    assert!(told.text("/number").bytes().all(|b| b.is_ascii_digit()));
    assert_eq!(told.header("sandan-position"), told.body["position"].to_string());
    assert_eq!(told.body["receipt"]["position"], told.body["position"]);
    assert_eq!(told.text("/receipt/hash").len(), 64);
    let url = format!("http://sandan.example/r/{}", told.text("/tracking_code"));
    assert_eq!(told.text("/receipt/url"), url);
}

#[tokio::test]
async fn a_request_goes_through_its_life() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let path = format!("/api/v1/requests/{}", filed.id);
    let after = filed.position.to_string();
    let told = house.get(&path).header("sandan-tracking-code", &filed.code).header("sandan-after", &after).send().await;
    let told = told.expect(200);
    assert_eq!(told.text("/state"), "in_review");
    assert_eq!(told.text("/unit"), "water");
    assert_eq!(told.text("/answer"), "Mended");
    assert_eq!(told.body["permitted"], json!(["ratings", "co-signers", "attachments"]));

    let ballot = json!({"tracking_code": filed.code, "rating": "very_satisfied"});
    let told = house.step("", &filed.id, "ratings", ballot).await;
    assert_eq!(told.text("/state"), "closed");
    let told = house.get(&format!("{path}?tracking_code={}&after={}", filed.code, told.body["position"])).send().await;
    assert_eq!(told.expect(200).body["ratings"]["valid"], 1);
}

#[tokio::test]
async fn the_timeline_tells_it_in_the_visitors_language() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let path = format!("/api/v1/requests/{}/timeline?after={}&limit=3", filed.id, filed.position);
    let get = |path: &str| house.get(path).header("sandan-tracking-code", &filed.code);
    let told = get(&path).send().await.expect(200);
    let items = told.body["items"].as_array().unwrap();
    assert_eq!(items.len(), 3);
    assert_eq!(items[0]["type"], "sandan.request.filed");
    assert!(items[0]["text"].as_str().unwrap().starts_with("The request was filed as "), "{}", items[0]["text"]);
    let next = told.text("/next_cursor").to_owned();
    let told = get(&format!("{path}&cursor={next}")).header("accept-language", "zh-CN").send().await.expect(200);
    let rest = told.body["items"].as_array().unwrap();
    assert!(rest[0]["position"].as_u64() > items[2]["position"].as_u64());
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    assert!(rest.iter().all(|item| is_chinese(item["text"].as_str().unwrap())), "{rest:#?}");
}

#[tokio::test]
async fn the_same_on_a_log_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let options = SqliteOptions::default();
    let log = SqliteLog::open(folder.path().join("log.sqlite"), options).await.unwrap();
    let settings = Settings { writes_per_minute: 0, ..Settings::default() };
    let house = House::on(Arc::new(log), Clock::system(), settings).await;
    house.furnish().await;
    let filed = house.completed().await;
    let ballot = json!({"tracking_code": filed.code, "rating": "satisfied"});
    assert_eq!(house.step("", &filed.id, "ratings", ballot).await.text("/state"), "closed");
}

#[tokio::test]
async fn a_step_that_the_state_forbids_names_the_state_and_what_it_permits() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let water = house.unit("water").await;
    let path = format!("/api/v1/requests/{}/complete", filed.id);
    let body = json!({"answer": "Again"});
    let told = house.post(&path).by(&water).json(&body).send().await.expect(409);
    assert_eq!(told.header("content-type"), "application/problem+json");
    assert_eq!(told.text("/state"), "in_review");
    assert_eq!(told.body["permitted"], json!(["ratings", "co-signers", "attachments"]));
    assert_eq!((told.text("/code"), told.text("/type")), ("not-permitted", "/errors/not-permitted"));
    assert_eq!(told.text("/instance"), path);
    let told = house.post(&path).by(&water).header("accept-language", "zh").json(&body).send().await.expect(409);
    assert!(told.text("/detail").contains("评"), "{}", told.text("/detail"));
}

#[tokio::test]
async fn another_resident_joins_and_withdraws_nothing() {
    let house = House::furnished().await;
    let filed = house.files("Noise").await;
    let told = house.step("", &filed.id, "co-signers", json!({"phone": "13900000002"})).await.expect(201);
    let joined = told.text("/tracking_code").to_owned();
    assert_ne!(joined, filed.code);
    let again = house.post(&format!("/api/v1/requests/{}/co-signers", filed.id));
    again.json(&json!({"phone": "+86 139 0000 0002"})).send().await.expect(409);
    let told = house.step("", &filed.id, "withdraw", json!({"tracking_code": filed.code})).await;
    assert_eq!(told.text("/state"), "withdrawn");
}

#[tokio::test]
async fn the_clock_of_a_request_is_stopped_and_runs_on() {
    let house = House::furnished().await;
    let supervisor = house.token(Role::Supervisor, None, None).await;
    let filed = house.files("Bridge").await;
    let body = json!({"reason": "The river is high", "review_on": "2026-11-20"});
    let told = house.step(&supervisor, &filed.id, "suspend", body).await;
    assert_eq!(told.text("/state"), "suspended");
    assert_eq!(house.step(&supervisor, &filed.id, "resume", json!({})).await.text("/state"), "filed");
}

#[tokio::test]
async fn whoever_had_it_is_told_and_the_hours_are_its_whole_life() {
    let (clock, time) = Clock::manual("2026-11-02T09:00:00+08:00".parse().unwrap());
    let log = Arc::new(sandan_log::MemoryLog::with_clock(clock.as_fn()));
    let house = House::on(log, clock, Settings { writes_per_minute: 0, ..Settings::default() }).await;
    house.furnish().await;
    let (desk, water, power) = (house.dispatcher().await, house.unit("water").await, house.unit("power").await);
    let pass = |hours| time.advance(jiff::SignedDuration::from_hours(hours));
    let filed = house.files("The tap drips").await;
    pass(2);
    house.step(&desk, &filed.id, "triage", json!({"decision": "accept"})).await;
    house.step(&desk, &filed.id, "dispatch", json!({"unit": "water"})).await;
    pass(24);
    let back = json!({"reason": "Not ours", "basis": "List of duties"});
    house.step(&water, &filed.id, "return", back).await;
    pass(3);
    house.step(&desk, &filed.id, "triage", json!({"decision": "accept"})).await;
    house.step(&desk, &filed.id, "dispatch", json!({"unit": "power"})).await;
    house.step(&power, &filed.id, "claim", json!({})).await;
    pass(48);
    let told = house.step(&power, &filed.id, "complete", json!({"answer": "Mended"})).await;
    pass(5);
    let after = told.body["position"].to_string();
    let path = format!("/api/v1/requests/{}/hands", filed.id);
    let told = house.get(&path).by(&desk).header("sandan-after", &after).send().await.expect(200);
    let line = |item: &serde_json::Value| json!([item["owner"], item["kind"], item["hours"], item["working_hours"]]);
    let lines: Vec<_> = told.body["items"].as_array().unwrap().iter().map(line).collect();
    let expected = [
        json!(["desk", "desk", 2.0, 2.0]),
        json!(["water", "unit", 24.0, 7.0]),
        json!(["desk", "desk", 3.0, 2.0]),
        json!(["power", "unit", 48.0, 14.0]),
        json!(["desk", "review", 5.0, 3.0]),
    ];
    assert_eq!(lines, expected);
    assert_eq!(told.body["items"][4]["to"], serde_json::Value::Null);
    let totals: Vec<_> =
        told.body["totals"].as_array().unwrap().iter().map(|sum| json!([sum["owner"], sum["hours"]])).collect();
    assert_eq!(totals, [json!(["desk", 10.0]), json!(["water", 24.0]), json!(["power", 48.0])]);
    let total = &told.body["total"];
    assert_eq!((&total["seconds"], &total["hours"]), (&json!(82 * 3_600), &json!(82.0)));
    house.get(&path).header("sandan-tracking-code", &filed.code).send().await.expect(200);
    house.get(&path).header("sandan-tracking-code", "AAAAAAAAAAAAA").send().await.expect(404);
    let other = house.token(Role::Dispatcher, None, Some("b")).await;
    house.get(&path).by(&other).send().await.expect(403);
    let nobody = "/api/v1/requests/0199a000-0000-7000-8000-000000000000/hands";
    house.get(nobody).by(&desk).send().await.expect(404);
}
