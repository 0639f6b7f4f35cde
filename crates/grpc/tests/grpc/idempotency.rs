//! One wish, one effect: however often it comes, and whichever way.

use sandan_grpc::v1;
use serde_json::json;
use tonic::Code;
use uuid::Uuid;

use crate::house::{House, accept, by, fields, filing, problem, with};

fn keyed<T>(key: Uuid, request: tonic::Request<T>) -> tonic::Request<T> {
    with(request, "idempotency-key", &key.to_string())
}

#[tokio::test]
async fn the_same_key_gives_the_same_answer_and_one_effect() {
    let house = House::furnished().await;
    let key = Uuid::now_v7();
    let file = || keyed(key, by("", filing("a", "The tap drips")));
    let first = house.requests().file(file()).await.unwrap().into_inner();
    let again = house.requests().file(file()).await.unwrap().into_inner();
    assert_eq!(first, again);
    let other = keyed(key, by("", filing("a", "Something else")));
    let refused = problem(house.requests().file(other).await, Code::InvalidArgument);
    assert_eq!(fields(&refused), [("Idempotency-Key", "key-reused")]);
    let desk = house.dispatcher().await;
    let triage = || keyed(key, by(&desk, accept(&first.id)));
    let first = house.requests().triage(triage()).await.unwrap().into_inner();
    assert_eq!(house.requests().triage(triage()).await.unwrap().into_inner(), first);
}

#[tokio::test]
async fn a_wish_that_comes_again_over_http_is_the_same_wish() {
    let house = House::furnished().await;
    let key = Uuid::new_v4();
    let filed = house.requests().file(keyed(key, by("", filing("a", "The tap drips")))).await.unwrap().into_inner();
    let body = json!({
        "community": "a", "description": "The tap drips", "title": "Title", "category": "城乡建设",
        "requester": {"name": "王小明", "phone": "13800000001"},
        "location": {"address": "Road 1", "lat": 31.2, "lng": 121.5},
    });
    let key_text = key.to_string();
    let (status, told) = house.post("/api/v1/requests", &[("idempotency-key", &key_text)], &body).await;
    assert_eq!((status, told["id"].as_str()), (201, Some(filed.id.as_str())), "{told:#}");
    assert_eq!(told["position"], filed.position);
    // And the other way round.
    let desk = house.dispatcher().await;
    let path = format!("/api/v1/requests/{}/triage", filed.id);
    let headers = [("idempotency-key", key_text.as_str()), ("authorization", &format!("Bearer {desk}"))];
    let (status, told) = house.post(&path, &headers, &json!({"decision": "accept"})).await;
    assert_eq!(status, 200, "{told:#}");
    let again = house.requests().triage(keyed(key, by(&desk, accept(&filed.id)))).await.unwrap().into_inner();
    assert_eq!(told["position"], again.position);
}

#[tokio::test]
async fn a_refusal_is_not_remembered_and_a_key_must_be_one() {
    let house = House::furnished().await;
    let (key, water) = (Uuid::new_v4(), house.unit("water").await);
    let filed = house.files("a", "The tap drips").await;
    let claim = || v1::ClaimRequest { id: filed.id.clone() };
    problem(house.requests().claim(keyed(key, by(&water, claim()))).await, Code::FailedPrecondition);
    let desk = house.dispatcher().await;
    house.requests().triage(by(&desk, accept(&filed.id))).await.unwrap();
    house.requests().dispatch(by(&desk, crate::house::to_unit(&filed.id, "water"))).await.unwrap();
    assert!(house.requests().claim(keyed(key, by(&water, claim()))).await.is_ok());
    let wrong = with(by(&water, claim()), "idempotency-key", "again");
    let refused = problem(house.requests().claim(wrong).await, Code::InvalidArgument);
    assert_eq!(fields(&refused), [("idempotency-key", "not_a_uuid")]);
}
