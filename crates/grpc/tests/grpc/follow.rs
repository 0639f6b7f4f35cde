//! Following the events: nothing is lost, nothing comes twice, and nobody sees what is not theirs.

use std::time::Duration;

use sandan_domain::Role;
use sandan_grpc::v1::{self, FollowRequest, FollowResponse, Rating};
use serde_json::Value;
use tokio::time::timeout;
use tonic::{Code, Streaming};

use crate::house::{House, by, fields, problem, rating};

/// For a condition that will come; no verdict on speed.
const PATIENCE: Duration = Duration::from_secs(30);

async fn follow(house: &House, token: &str, message: FollowRequest) -> Streaming<FollowResponse> {
    house.events().follow(by(token, message)).await.unwrap().into_inner()
}

async fn next(stream: &mut Streaming<FollowResponse>) -> Option<FollowResponse> {
    timeout(PATIENCE, stream.message()).await.expect("an answer").unwrap()
}

/// Everything up to the end.
async fn all(house: &House, token: &str, message: FollowRequest) -> Vec<FollowResponse> {
    let mut stream = follow(house, token, FollowRequest { stop_at_end: true, ..message }).await;
    let mut told = Vec::new();
    while let Some(response) = next(&mut stream).await {
        told.push(response);
    }
    told
}

fn types(told: &[FollowResponse]) -> Vec<&str> {
    told.iter().filter_map(|response| response.event.as_ref()).map(|event| event.r#type.as_str()).collect()
}

#[tokio::test]
async fn whoever_is_cut_off_goes_on_without_loss_or_repeat() {
    let house = House::furnished().await;
    let admin = house.token(Role::Administrator, None, None).await;
    let begun = house.files("a", "no. 0").await.position;
    let (mut seen, mut after) = (Vec::new(), 0);
    // Somebody files all the while, and the reader is cut off after every third event.
    let filing = async {
        for nth in 1..20 {
            house.files("a", &format!("no. {nth}")).await;
        }
    };
    let reading = async {
        while seen.len() < usize::try_from(begun + 19).unwrap() {
            let message = FollowRequest { after: Some(after), ..Default::default() };
            let mut stream = follow(&house, &admin, message).await;
            for _ in 0..3 {
                if seen.len() == usize::try_from(begun + 19).unwrap() {
                    break;
                }
                let response = next(&mut stream).await.unwrap();
                after = response.position;
                seen.extend(response.event.map(|event| event.position));
            }
        }
    };
    tokio::join!(filing, reading);
    assert_eq!(seen, (1..=begun + 19).collect::<Vec<_>>());
}

#[tokio::test]
async fn an_event_has_all_attributes_and_its_body() {
    let house = House::furnished().await;
    let filed = house.files("a", "The tap drips").await;
    house.seen(filed.position).await;
    let admin = house.token(Role::Administrator, None, None).await;
    let types = vec!["sandan.request.filed".to_owned()];
    let told = all(&house, &admin, FollowRequest { after: Some(0), types, ..Default::default() }).await;
    let event = told[0].event.clone().unwrap();
    assert_eq!((event.position, event.version, event.generation), (filed.position, 1, 1));
    assert_eq!((event.specversion.as_str(), event.source.as_str()), ("1.0", "/sandan"));
    assert_eq!(event.dataschema, "urn:sandan:request:filed:1");
    assert!(event.subject.ends_with(&filed.id) && event.community == "a", "{event:?}");
    assert!(event.time.is_some() && event.recordedtime.is_some() && event.correlationid.len() == 36);
    let data: Value = serde_json::from_slice(&event.data).unwrap();
    assert_eq!((&data["description"], &data["requester"]["name"]), (&"The tap drips".into(), &"王小明".into()));
}

#[tokio::test]
async fn a_unit_reads_what_happened_and_not_who_asked_or_rated() {
    let house = House::furnished().await;
    let filed = house.completed().await;
    let ballot = v1::RateRequest { reason: "Still drips".to_owned(), ..rating(&filed, Rating::Dissatisfied) };
    let position = house.requests().rate(ballot).await.unwrap().into_inner().position;
    house.seen(position).await;
    let water = house.unit("water").await;
    let told = all(&house, &water, FollowRequest { after: Some(0), ..Default::default() }).await;
    let mut met = 0;
    for event in told.into_iter().filter_map(|response| response.event) {
        let body = String::from_utf8(event.data).unwrap();
        assert!(!body.contains("王小明") && !body.contains("13800000001"), "{}: {body}", event.r#type);
        assert!(!event.actor.starts_with("resident:"), "{}", event.actor);
        if event.r#type == "sandan.review.rated" {
            let data: Value = serde_json::from_str(&body).unwrap();
            assert_eq!((&data["person"], &data["reason"]), (&Value::Null, &"Still drips".into()));
            met += 1;
        }
    }
    assert_eq!(met, 1);
}

#[tokio::test]
async fn only_what_was_asked_for_is_sent_and_how_far_the_log_was_read() {
    let house = House::furnished().await;
    for community in ["a", "below", "b"] {
        house.files(community, "x").await;
    }
    let last = house.files("b", "x").await.position;
    house.seen(last).await;
    let admin = house.token(Role::Administrator, None, None).await;
    let chosen = |communities: &[&str], types: &[&str]| FollowRequest {
        after: Some(0),
        communities: communities.iter().map(ToString::to_string).collect(),
        types: types.iter().map(ToString::to_string).collect(),
        ..Default::default()
    };
    let told = all(&house, &admin, chosen(&["a"], &["sandan.request.*"])).await;
    assert_eq!(types(&told), ["sandan.request.filed"; 2], "of a and of the one below it");
    assert_eq!(told.last().map(|response| response.position), Some(last), "the end of what was read");
    let told = all(&house, &admin, chosen(&["b"], &["sandan.unit.registered"])).await;
    assert_eq!(types(&told), ["sandan.unit.registered"]);
    let of_a = house.token(Role::Supervisor, None, Some("a")).await;
    let told = all(&house, &of_a, chosen(&[], &[])).await;
    assert!(told.iter().filter_map(|r| r.event.as_ref()).all(|event| event.community != "b"));
    assert_eq!(types(&told).len(), 2 + 1 + 2 + 2, "two communities, a grid, two units, two requests");
    let events = house.events();
    let refuse = async |token: &str, message, code| problem(events.clone().follow(by(token, message)).await, code);
    refuse(&of_a, chosen(&["b"], &[]), Code::PermissionDenied).await;
    let refused = refuse(&admin, chosen(&["nowhere"], &[]), Code::InvalidArgument).await;
    assert_eq!(fields(&refused), [("community", "unknown")]);
    let refused =
        refuse(&admin, chosen(&[], &["sandan.request.filed", "sandan.vanished"]), Code::InvalidArgument).await;
    assert_eq!(fields(&refused), [("types[1]", "unknown")]);
    let refused = refuse(&admin, FollowRequest { after: Some(last + 1), ..Default::default() }, Code::OutOfRange).await;
    assert!(refused.detail.contains(&last.to_string()), "{}", refused.detail);
}

#[tokio::test]
async fn a_community_that_is_founded_meanwhile_belongs_to_those_above_it() {
    let house = House::furnished().await;
    let (admin, of_a) =
        (house.token(Role::Administrator, None, None).await, house.token(Role::Supervisor, None, Some("a")));
    let mut stream = follow(&house, &of_a.await, FollowRequest::default()).await;
    house.found(&admin, "new", "a").await.unwrap();
    house.files("b", "not for them").await;
    house.files("new", "for them").await;
    let first = next(&mut stream).await.unwrap().event.unwrap();
    assert_eq!((first.r#type.as_str(), first.community.as_str()), ("sandan.community.founded", "new"));
    let second = loop {
        if let Some(event) = next(&mut stream).await.unwrap().event {
            break event;
        }
    };
    assert_eq!((second.r#type.as_str(), second.community.as_str()), ("sandan.request.filed", "new"));
}

#[tokio::test]
async fn a_stream_ends_when_the_node_drains() {
    let house = House::furnished().await;
    let admin = house.token(Role::Administrator, None, None).await;
    let mut stream = follow(&house, &admin, FollowRequest::default()).await;
    house.stop();
    assert_eq!(next(&mut stream).await, None);
}
