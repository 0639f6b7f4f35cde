//! The same key and body: the same answer and one effect.

use sandan_testkit::Sandan;
use serde_json::json;
use uuid::Uuid;

#[tokio::test]
async fn a_repeated_filing_gives_the_same_answer_and_one_request() {
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let body = json!({"community": "xingfuli", "description": "井盖松动"});
    let key = Uuid::now_v7();
    let first = sandan.resident().post_as(key, "/api/v1/requests", body.clone()).await.ok();
    let again = sandan.resident().post_as(key, "/api/v1/requests", body).await.ok();
    assert_eq!(first, again);
    let path = format!("/api/v1/requests?after={}", first["position"]);
    let list = sandan.staff("dispatcher").get(&path).await.ok();
    assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let sandan = Sandan::start();
    sandan.community("xingfuli").await;
    let key = Uuid::now_v7();
    let body = |text: &str| json!({"community": "xingfuli", "description": text});
    sandan.resident().post_as(key, "/api/v1/requests", body("井盖松动")).await.ok();
    sandan.resident().post_as(key, "/api/v1/requests", body("路灯不亮")).await.refused(422);
}

#[tokio::test]
async fn a_refusal_is_not_remembered() {
    let sandan = Sandan::start();
    let key = Uuid::now_v7();
    let body = json!({"community": "xingfuli", "description": "井盖松动"});
    sandan.resident().post_as(key, "/api/v1/requests", body.clone()).await.refused(422);
    sandan.community("xingfuli").await;
    sandan.resident().post_as(key, "/api/v1/requests", body).await.ok();
}
