//! What is kept from whom (R21).

use sandan_domain::Role;
use serde_json::json;

use crate::house::{Filed, House, Told};

async fn rated(house: &House) -> (Filed, String, u64) {
    let filed = house.files("My own words").await;
    let told = house.step("", &filed.id, "co-signers", json!({"name": "赵四", "phone": "13900000002"})).await;
    let joined = told.text("/tracking_code").to_owned();
    let (desk, water) = (house.dispatcher().await, house.unit("water").await);
    house.step(&desk, &filed.id, "triage", json!({"decision": "accept"})).await;
    house.step(&desk, &filed.id, "dispatch", json!({"unit": "water"})).await;
    house.step(&water, &filed.id, "claim", json!({})).await;
    house.step(&water, &filed.id, "complete", json!({"answer": "Mended"})).await;
    let ballot = json!({"tracking_code": joined, "rating": "dissatisfied", "reason": "Still wet"});
    let told = house.step("", &filed.id, "ratings", ballot).await;
    (filed, joined, told.body["position"].as_u64().unwrap())
}

async fn look(house: &House, id: &str, what: &str, token: &str, code: &str, position: u64) -> Told {
    let call = house.get(&format!("/api/v1/requests/{id}{what}?after={position}")).by(token);
    call.header("sandan-tracking-code", code).send().await.expect(200)
}

#[tokio::test]
async fn a_unit_never_sees_who_asked_or_who_rated() {
    let house = House::furnished().await;
    let (filed, _, position) = rated(&house).await;
    let water = house.unit("water").await;
    for what in ["", "/timeline"] {
        let told = look(&house, &filed.id, what, &water, "", position).await.body.to_string();
        for word in ["王小明", "13800000001", "赵四", "13900000002", "resident:"] {
            assert!(!told.contains(word), "{word} in {what}: {told}");
        }
        assert!(told.contains("Still wet"), "the reason goes with the rework (R19): {told}");
    }
    house.get(&format!("/api/v1/requests/{}/signers", filed.id)).by(&water).send().await.expect(403);
}

#[tokio::test]
async fn a_resident_learns_nothing_about_the_others() {
    let house = House::furnished().await;
    let (filed, joined, position) = rated(&house).await;
    for what in ["", "/timeline"] {
        let told = look(&house, &filed.id, what, "", &filed.code, position).await.body.to_string();
        assert!(told.contains("My own words"), "{told}");
        for word in ["赵四", "13900000002", "Still wet"] {
            assert!(!told.contains(word), "{word} in {what}: {told}");
        }
        let told = look(&house, &filed.id, what, "", &joined, position).await.body.to_string();
        for word in ["王小明", "13800000001", "My own words", "Road 1"] {
            assert!(!told.contains(word), "{word} in {what}: {told}");
        }
    }
}

#[tokio::test]
async fn the_desk_and_the_hotline_see_whom_to_call() {
    let house = House::furnished().await;
    let (filed, _, position) = rated(&house).await;
    let hotline = house.token(Role::Hotline, None, Some("a")).await;
    let told = look(&house, &filed.id, "/signers", &hotline, "", position).await;
    assert_eq!(told.body["items"].as_array().unwrap().len(), 2);
    assert_eq!(told.text("/items/1/phone"), "13900000002");
    assert_eq!(look(&house, &filed.id, "", &hotline, "", position).await.text("/requester/name"), "王小明");
}

#[tokio::test]
async fn personal_answers_are_not_kept_by_anybody_on_the_way() {
    let house = House::furnished().await;
    let filed = house.files("x").await;
    let told = look(&house, &filed.id, "", "", &filed.code, filed.position).await;
    for (name, value) in [
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(told.header(name), value);
    }
    assert!(told.header("content-security-policy").starts_with("default-src 'none'; script-src 'self'"));
    assert!(told.header("strict-transport-security").is_empty(), "only over TLS");
}
