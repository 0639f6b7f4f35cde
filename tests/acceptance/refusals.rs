//! What the program refuses, in the order it says so.

use sandan_testkit::Sandan;
use serde_json::json;

#[tokio::test]
async fn a_step_that_the_state_does_not_permit_names_the_state_and_the_permitted_steps() {
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let filed = sandan.resident().files("xingfuli", "楼上漏水").await;
    let request = filed["id"].as_str().expect("an id");
    let problem = sandan.staff("dispatcher").step(request, "dispatch", json!({"unit": "property"})).await.refused(409);
    assert_eq!(problem["state"], "filed");
    let permitted = problem["permitted"].as_array().expect("a list");
    assert!(permitted.contains(&json!("triage")) && !permitted.contains(&json!("dispatch")), "{problem}");
}

#[tokio::test]
async fn who_may_is_decided_before_the_body() {
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let filed = sandan.resident().files("xingfuli", "楼上漏水").await;
    let request = filed["id"].as_str().expect("an id");
    sandan.resident().step(request, "triage", json!({"nonsense": true})).await.refused(401);
    sandan.staff("kiosk").step(request, "triage", json!({"nonsense": true})).await.refused(403);
    let problem = sandan.staff("dispatcher").step(request, "triage", json!({"nonsense": true})).await.refused(422);
    assert!(problem["errors"].to_string().contains("nonsense"), "{problem}");
}

#[tokio::test]
async fn another_communitys_request_is_forbidden_and_a_wrong_code_finds_nothing() {
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    sandan.community_without_units("heping").await;
    let filed = sandan.resident().files("xingfuli", "楼上漏水").await;
    let request = filed["id"].as_str().expect("an id");
    let stranger = sandan.staff_of("dispatcher", "heping");
    stranger.step(request, "triage", json!({"decision": "accept"})).await.refused(403);
    stranger.get(&format!("/api/v1/requests/{request}?after={}", filed["position"])).await.refused(403);
    let path = format!("/api/v1/requests/{request}?tracking_code=0000000000000&after={}", filed["position"]);
    sandan.resident().get(&path).await.refused(404);
}

#[tokio::test]
async fn every_field_is_named_at_once() {
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let body = json!({
        "community": "xingfuli",
        "description": "",
        "title": "长".repeat(201),
        "urgency": "yesterday",
        "location": {"lat": 100.0, "lng": 0.0},
    });
    let problem = sandan.resident().post("/api/v1/requests", body).await.refused(422);
    let fields: Vec<&str> =
        problem["errors"].as_array().expect("errors").iter().filter_map(|error| error["field"].as_str()).collect();
    for field in ["description", "title", "urgency", "location.lat"] {
        assert!(fields.contains(&field), "{field} is missing in {fields:?}");
    }
}
