//! How often, how large, how much at once.

use sandan_domain::Role;
use sandan_web::Settings;
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn writes_without_a_token_are_limited_and_others_are_not() {
    let house = House::with(Settings { writes_per_minute: 3, ..Settings::default() }).await;
    house.furnish().await;
    let body = json!({"community": "a", "description": "x"});
    for _ in 0..3 {
        house.post("/api/v1/requests").json(&body).send().await.expect(201);
    }
    let told = house.post("/api/v1/requests").json(&body).send().await.expect(429);
    let wait: u64 = told.header("retry-after").parse().unwrap();
    assert!((1..=60).contains(&wait));
    let kiosk = house.token(Role::Kiosk, None, None).await;
    house.post("/api/v1/requests").by(&kiosk).json(&body).send().await.expect(201);
}

#[tokio::test]
async fn a_trusted_proxy_speaks_for_its_clients() {
    let trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    let house = House::with(Settings { writes_per_minute: 1, trusted_proxies, ..Settings::default() }).await;
    house.furnish().await;
    let body = json!({"community": "a", "description": "x"});
    let from = |client: &str| house.post("/api/v1/requests").header("x-forwarded-for", client).json(&body);
    from("192.0.2.1").send().await.expect(201);
    from("192.0.2.2").send().await.expect(201);
    from("192.0.2.1").send().await.expect(429);
}

#[tokio::test]
async fn guessing_codes_is_slowed_down() {
    let house = House::with(Settings { writes_per_minute: 6, ..Settings::default() }).await;
    house.furnish().await;
    let filed = house.files("x").await;
    house.seen(filed.position).await;
    let look = |code: &str| house.get(&format!("/api/v1/requests/{}?tracking_code={code}", filed.id)).send();
    look("0000000000001").await.expect(404);
    look(&filed.code).await.expect(200);
    look("0000000000002").await.expect(404);
    let told = look("0000000000003").await.expect(429);
    assert!(!told.header("retry-after").is_empty());
}

#[tokio::test]
async fn an_overloaded_node_says_so() {
    let house = House::with(Settings { writes_in_flight_max: 0, ..Settings::default() }).await;
    let told = house.post("/api/v1/requests").json(&json!({})).send().await.expect(503);
    assert_eq!((told.text("/code"), told.header("retry-after")), ("overloaded", "1"));
}

#[tokio::test]
async fn a_page_of_another_site_can_do_nothing_here() {
    let house = House::furnished().await;
    let body = json!({"community": "a", "description": "x"});
    let post = || house.post("/api/v1/requests").json(&body);
    let told = post().header("sec-fetch-site", "cross-site").header("origin", "https://evil.example").send().await;
    assert_eq!(told.expect(403).text("/code"), "cross-site");
    post().header("sec-fetch-site", "same-origin").send().await.expect(201);
}
