//! What the API says about honours (R24): the figures are the read models', down to the position that is named.

use std::sync::Arc;

use jiff::SignedDuration;
use sandan_app::Clock;
use sandan_domain::Role;
use sandan_log::MemoryLog;
use sandan_web::Settings;
use serde_json::{Value, json};

use crate::house::House;

/// A house whose clock is a month after `water` completed one request well and one badly; what it was asked, and when.
async fn a_month_later() -> House {
    let (clock, hand) = Clock::manual("2026-11-02T08:00:00+08:00".parse().unwrap());
    let log = Arc::new(MemoryLog::with_clock(clock.as_fn()));
    let house = House::on(log, clock, Settings { writes_per_minute: 0, ..Settings::default() }).await;
    house.furnish().await;
    let mut position = 0;
    for rating in ["satisfied", "very_dissatisfied"] {
        let filed = house.completed().await;
        let ballot = json!({"tracking_code": filed.code, "rating": rating});
        position = house.step("", &filed.id, "ratings", ballot).await.body["position"].as_u64().unwrap();
    }
    house.seen(position).await;
    hand.advance(SignedDuration::from_hours(24 * 30));
    house
}

async fn asked(house: &House, town: &str) -> String {
    let body =
        json!({"community": "a", "unit": "water", "honour": "文明单位", "from": "2026-11-01", "to": "2026-12-01"});
    let told = house.post("/api/v1/honours").by(town).json(&body).send().await.expect(201);
    house.seen(told.body["position"].as_u64().unwrap()).await;
    told.text("/id").to_owned()
}

async fn step(house: &House, by: &str, id: &str, step: &str, body: Value) -> crate::house::Told {
    let told = house.post(&format!("/api/v1/honours/{id}/{step}")).by(by).json(&body).send().await;
    if let Some(position) = told.body["position"].as_u64() {
        house.seen(position).await;
    }
    told
}

#[tokio::test]
async fn r24_the_opinion_is_published_with_the_units_figures_as_they_stood() {
    let house = a_month_later().await;
    let (town, desk) = (house.token(Role::Supervisor, None, None).await, house.dispatcher().await);
    let id = asked(&house, &town).await;
    let shown = || async { house.get(&format!("/api/v1/honours/{id}")).send().await.expect(200).body };
    let waits = shown().await;
    assert_eq!((&waits["state"], &waits["opinion"], &waits["figures"]), (&json!("asked"), &Value::Null, &Value::Null));
    let told = step(&house, &town, &id, "proposal", json!({})).await.expect(409);
    assert_eq!(told.text("/code"), "honour-not-answered");
    step(&house, &desk, &id, "opinion", json!({"opinion": "reserved", "reason": "One came back"})).await.expect(200);
    let answered = shown().await;
    let figures = &answered["figures"];
    let share = |numerator: u64, denominator: u64| json!({"numerator": numerator, "denominator": denominator});
    assert_eq!((&answered["opinion"], &answered["opinion_reason"]), (&json!("reserved"), &json!("One came back")));
    assert_eq!(figures["resolution"], share(1, 2));
    assert_eq!(figures["satisfaction"], share(1, 2));
    assert_eq!(figures["on_time"], share(2, 2));
    assert_eq!(figures["rework"], share(1, 2));
    assert_eq!(figures["without_unreasonable"]["requests"], 0);
    assert_eq!(figures["without_appealed"], json!({"ballots": 0, "satisfaction": share(1, 2)}));
    assert!(figures["position"].as_u64().unwrap() < answered["position"].as_u64().unwrap());
    // They are the rates of that period and unit, and open into their rows.
    let rates = "/api/v1/rates?by=unit&community=a&from=2026-11-01&to=2026-12-01";
    let told = house.get(rates).by(&town).send().await.expect(200);
    let row = told.body["items"].as_array().unwrap().iter().find(|row| row["group"] == "water").unwrap().clone();
    assert_eq!((&row["on_time"]["numerator"], &row["rework"]["numerator"]), (&json!(2), &json!(1)));
    step(&house, &town, &id, "proposal", json!({})).await.expect(200);
    assert_eq!(shown().await["state"], "proposed");
    // What comes later changes nothing of it, and a rebuilt model says the same.
    let before = shown().await;
    house.completed().await;
    house.site.views.rebuild(|_| {}).await.unwrap();
    assert_eq!(shown().await, before);
}

#[tokio::test]
async fn figures_are_nobodys_to_send_and_a_question_is_listed_for_anybody() {
    let house = a_month_later().await;
    let (town, desk) = (house.token(Role::Supervisor, None, None).await, house.dispatcher().await);
    let id = asked(&house, &town).await;
    let forged = json!({"opinion": "supports", "reason": "r", "figures": {"position": 1}});
    let told = step(&house, &desk, &id, "opinion", forged).await;
    assert_eq!(told.status, 422, "{:#}", told.body);
    step(&house, &town, &id, "drop", json!({})).await.expect(422);
    step(&house, &town, &id, "drop", json!({"reason": "Another one"})).await.expect(200);
    let told = house.get("/api/v1/honours?community=a").send().await.expect(200);
    let item = &told.body["items"][0];
    assert_eq!(
        (&item["id"], &item["state"], &item["settled_reason"]),
        (&json!(id), &json!("dropped"), &json!("Another one"))
    );
    assert_eq!(house.get("/api/v1/honours?community=b").send().await.expect(200).body["items"], json!([]));
    house.get(&format!("/api/v1/honours/{}", uuid::Uuid::nil())).send().await.expect(404);
}
