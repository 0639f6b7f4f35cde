//! Endpoints over HTTP: made once, listed without secrets, tried, told anew, removed.

use axum::http::Method;
use sandan_domain::Role;
use serde_json::json;
use uuid::Uuid;

use crate::house::House;

#[tokio::test]
async fn an_endpoint_is_added_listed_without_its_secret_and_removed() {
    let house = House::furnished().await;
    let admin = house.token(Role::Administrator, None, None).await;
    let body = json!({"url": "https://sms.example.cn/in", "feed": "notices", "community": "a"});
    let added = house.post("/api/v1/webhooks").by(&admin).json(&body).send().await.expect(201);
    let (id, secret) = (added.text("/id"), added.text("/secret"));
    assert!(secret.starts_with("whsec_"));
    let listed = house.get("/api/v1/webhooks").by(&admin).send().await.expect(200);
    assert_eq!(
        (&listed.body["items"][0]["feed"], &listed.body["items"][0]["community"]),
        (&json!("notices"), &json!("a"))
    );
    assert!(!listed.body.to_string().contains(secret));
    let path = |step: &str| format!("/api/v1/webhooks/{id}/{step}");
    let pinged = house.post(&path("ping")).by(&admin).json(&json!({})).send().await.expect(202);
    let waiting = house.get("/api/v1/notices").by(&admin).send().await.expect(200);
    assert_eq!(waiting.body["waiting"][0]["id"], pinged.body["message"]);
    assert_ne!(
        house.post(&path("rotate")).by(&admin).json(&json!({})).send().await.expect(200).text("/secret"),
        secret
    );
    house.post(&path("replay")).by(&admin).json(&json!({"after": 0})).send().await.expect(202);
    let listed = house.get("/api/v1/webhooks").by(&admin).send().await.expect(200);
    assert_eq!(listed.body["items"][0]["told_until"], 0);
    let gone = format!("/api/v1/webhooks/{id}");
    house.call(Method::DELETE, &gone).by(&admin).send().await.expect(204);
    house.call(Method::DELETE, &gone).by(&admin).send().await.expect(404);
    house.post("/api/v1/notices/retry").by(&admin).json(&json!({"id": Uuid::nil()})).send().await.expect(404);
}

#[tokio::test]
async fn a_field_that_cannot_stand_is_named() {
    let house = House::furnished().await;
    let admin = house.token(Role::Administrator, None, None).await;
    let body = json!({"url": "ftp://a.cn", "types": ["sandan.request.teleported"], "community": "nowhere"});
    let told = house.post("/api/v1/webhooks").by(&admin).json(&body).send().await.expect(422);
    let fields: Vec<&str> =
        told.body["errors"].as_array().unwrap().iter().map(|error| error["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["url", "types", "community"]);
}
