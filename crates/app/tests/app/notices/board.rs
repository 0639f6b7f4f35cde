//! What the oversight board (监事会) is told: bursts of joiners (R14), what it is to decide (R6b, R19a), third reworks (R19).

use sandan_app::notices::NewEndpoint;
use sandan_app::{Appeal, ProposeUnreasonable};
use sandan_domain::RequestId;
use sandan_domain::review::ballot_name;
use serde_json::Value;

use super::receiver::Receiver;
use super::{endpoint, job};
use crate::world::{World, of_unit, text};

/// The board's notices, and where each leads.
async fn told(world: &World, receiver: &Receiver) -> Vec<(String, String)> {
    let (job, _) = job(world, None);
    job.send_due().await.unwrap();
    let calls: Vec<Value> = receiver.calls().iter().map(|call| call.json()["data"].clone()).collect();
    let word = |data: &Value, pointer: &str| data.pointer(pointer).and_then(Value::as_str).unwrap().to_owned();
    let ours = calls.iter().filter(|data| data["to"]["audience"] == "oversight");
    ours.map(|data| (word(data, "/notice"), data.to_string())).collect()
}

async fn listened() -> (World, Receiver) {
    let (world, receiver) = (World::new().await, Receiver::start().await);
    let notices = NewEndpoint { feed: text("notices"), ..NewEndpoint::default() };
    endpoint(&world, &receiver.url, notices).await;
    (world, receiver)
}

fn names(told: &[(String, String)]) -> Vec<&str> {
    told.iter().map(|(name, _)| name.as_str()).collect()
}

#[tokio::test]
async fn r14_of_a_burst_of_joiners_it_is_told_once_with_their_number() {
    let (world, receiver) = listened().await;
    let id = world.files().await.request;
    for _ in 0..9 {
        world.co_signs(id).await;
    }
    assert_eq!(names(&told(&world, &receiver).await), Vec::<&str>::new());
    for _ in 0..3 {
        world.co_signs(id).await;
    }
    let told = told(&world, &receiver).await;
    assert_eq!(names(&told), ["burst"]);
    assert!(told[0].1.contains("10 people joined") && told[0].1.contains("有 10 人集中附议"), "{told:?}");
}

#[tokio::test]
async fn r6b_and_r19a_of_what_it_is_to_decide_it_is_told_who_asks() {
    let (world, receiver) = listened().await;
    let propose = ProposeUnreasonable { reason: text("against the law"), basis: text("article 9") };
    let proposed = world.in_work("water").await.request;
    world.app.propose_unreasonable(&of_unit("water"), proposed, propose).await.unwrap();
    let (id, codes) = world.in_review(0).await;
    world.rates(id, &codes[0], "very_dissatisfied").await.unwrap();
    world.app.appeal(&of_unit("roads"), id, appeal(&world, id).await).await.unwrap();
    let told = told(&world, &receiver).await;
    assert_eq!(names(&told), ["unreasonable_proposed", "appealed"]);
    assert!(told[0].1.contains("A unit proposes") && told[1].1.contains("A unit appeals"), "{told:?}");
    assert!(told.iter().all(|(_, data)| data.contains("http://here/oversight")), "{told:?}");
    assert!(told.iter().all(|(_, data)| !data.contains("against the law") && !data.contains("a feud")), "{told:?}");
}

async fn appeal(world: &World, id: RequestId) -> Appeal {
    let name = ballot_name(id, 1, world.case(id).await.filer);
    Appeal { ballot: Some(name.to_string()), ground: text("malicious"), reason: text("a feud") }
}

#[tokio::test]
async fn r19_from_the_third_rework_on_it_is_told_of_each() {
    let (world, receiver) = listened().await;
    let (id, codes) = world.in_review(0).await;
    for rework in 1..=4 {
        world.rates(id, &codes[0], "dissatisfied").await.unwrap();
        world.completes(id, "roads").await;
        let told = told(&world, &receiver).await;
        assert_eq!(names(&told), vec!["third_rework"; usize::saturating_sub(rework, 2)], "after {rework}");
        assert!(told.last().is_none_or(|(_, data)| data.contains(&format!("for the {rework}. time"))), "{told:?}");
    }
}
