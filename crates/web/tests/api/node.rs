//! How a node says how it is.

use std::net::SocketAddr;

use axum::Extension;
use axum::extract::ConnectInfo;
use sandan_domain::Role;
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn a_node_that_is_well_says_so() {
    let house = House::furnished().await;
    assert_eq!(house.get("/healthz").send().await.expect(200).text("/status"), "alive");
    let told = house.get("/readyz").send().await.expect(200);
    assert_eq!((told.text("/status"), &told.body["log"]["reachable"]), ("ready", &json!(true)));
    assert!(told.body["models"].as_array().unwrap().iter().all(|model| model["ready"] == true), "{:#}", told.body);
}

#[tokio::test]
async fn figures_are_for_this_machine_and_for_administrators() {
    let mut house = House::furnished().await;
    house.get("/metrics").send().await.expect(200);
    house.get("/metrics").header("x-forwarded-for", "192.0.2.1").send().await.expect(403);
    house.router =
        sandan_web::router(house.site.clone()).layer(Extension(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 1)))));
    house.get("/metrics").send().await.expect(403);
    let desk = house.dispatcher().await;
    house.get("/metrics").by(&desk).send().await.expect(403);
    let admin = house.token(Role::Administrator, None, None).await;
    house.get("/metrics").by(&admin).send().await.expect(200);
}

#[tokio::test]
async fn a_token_says_what_it_is_for() {
    let house = House::furnished().await;
    let water = house.unit("water").await;
    let told = house.get("/api/v1/me").by(&water).send().await.expect(200);
    assert_eq!(told.body, json!({"role": "unit", "unit": "water", "community": "a", "account": null}));
    house.get("/api/v1/me").send().await.expect(401);
}
