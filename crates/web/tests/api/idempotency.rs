//! The same key, the same answer, one effect.

use serde_json::json;
use uuid::Uuid;

use crate::house::House;

#[tokio::test]
async fn the_same_key_and_body_give_the_same_answer() {
    let house = House::furnished().await;
    let key = Uuid::new_v4().to_string();
    let body = json!({"community": "a", "description": "Once"});
    let first = house.post("/api/v1/requests").header("idempotency-key", &key).json(&body).send().await.expect(201);
    let again = house.post("/api/v1/requests").header("idempotency-key", &key).json(&body).send().await.expect(201);
    assert_eq!(first.body, again.body);
    let other = json!({"community": "a", "description": "Twice"});
    let told = house.post("/api/v1/requests").header("idempotency-key", &key).json(&other).send().await.expect(422);
    assert_eq!(told.fields(), ["Idempotency-Key"]);
}

#[tokio::test]
async fn a_repeat_is_answered_although_the_state_went_on() {
    let house = House::furnished().await;
    let filed = house.files("Lamp").await;
    let desk = house.dispatcher().await;
    let path = format!("/api/v1/requests/{}/triage", filed.id);
    let key = Uuid::new_v4().to_string();
    let triage = || house.post(&path).by(&desk).header("idempotency-key", &key).json(&json!({"decision": "accept"}));
    let first = triage().send().await.expect(200);
    house.step(&desk, &filed.id, "dispatch", json!({"unit": "water"})).await;
    assert_eq!(triage().send().await.expect(200).body, first.body);
}

#[tokio::test]
async fn a_key_that_is_no_uuid_is_named() {
    let house = House::furnished().await;
    let body = json!({"community": "a", "description": "x"});
    let told = house.post("/api/v1/requests").header("idempotency-key", "mine").json(&body).send().await.expect(422);
    assert_eq!(told.fields(), ["Idempotency-Key"]);
}

#[tokio::test]
async fn a_refusal_is_not_remembered() {
    let house = House::furnished().await;
    let filed = house.files("Lamp").await;
    let desk = house.dispatcher().await;
    let key = Uuid::new_v4().to_string();
    let path = format!("/api/v1/requests/{}/dispatch", filed.id);
    let dispatch = || house.post(&path).by(&desk).header("idempotency-key", &key).json(&json!({"unit": "water"}));
    dispatch().send().await.expect(409);
    house.step(&desk, &filed.id, "triage", json!({"decision": "accept"})).await;
    dispatch().send().await.expect(200);
}
