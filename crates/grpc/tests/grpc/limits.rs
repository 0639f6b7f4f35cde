//! How often and how much: the same door for both edges.

use sandan_grpc::{Settings, v1};
use serde_json::json;
use tonic::Code;

use crate::house::{House, by, filing, problem};

#[tokio::test]
async fn writes_without_a_token_are_limited_and_no_edge_is_a_way_around_the_other() {
    let house = House::with(3, Settings::default()).await;
    // Nothing is there to file to: what is refused counts as well.
    for _ in 0..2 {
        problem(house.requests().file(filing("a", "x")).await, Code::InvalidArgument);
    }
    let (status, _) = house.post("/api/v1/requests", &[], &json!({"community": "a", "description": "x"})).await;
    assert_eq!(status, 422);
    let refused = problem(house.requests().file(filing("a", "x")).await, Code::ResourceExhausted);
    let after = refused.retry_after.expect("when to come again");
    assert!((1..=60).contains(&after.seconds) || after.nanos > 0, "{after:?}");
    assert_eq!((refused.code.as_str(), refused.http_status), ("too-often", 429));
    assert_eq!(house.post("/api/v1/requests", &[], &json!({})).await.0, 429);
    let kiosk = house.token(sandan_domain::Role::Kiosk, None, None).await;
    problem(house.requests().file(by(&kiosk, filing("a", "x"))).await, Code::InvalidArgument);
}

#[tokio::test]
async fn guessing_codes_is_slowed_down() {
    let house = House::with(3, Settings::default()).await;
    let guess = || v1::GetRequest { id: uuid::Uuid::nil().to_string(), tracking_code: "AAAAAAAAAAAAA".to_owned() };
    problem(house.requests().get(guess()).await, Code::NotFound);
    let refused = problem(house.requests().get(guess()).await, Code::ResourceExhausted);
    assert_eq!(refused.code, "too-often");
}
