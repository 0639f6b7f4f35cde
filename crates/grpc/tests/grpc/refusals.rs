//! What is refused says why, as problem details do over HTTP.

use sandan_grpc::Settings;
use sandan_grpc::v1::{self, Rating};
use tonic::Code;
use tonic::client::Grpc;
use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_prost::ProstCodec;
use tonic_reflection::pb::v1::ServerReflectionRequest;
use tonic_reflection::pb::v1::server_reflection_client::ServerReflectionClient;
use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;

use crate::house::{House, accept, by, fields, filing, problem, rating, with};

#[tokio::test]
async fn every_field_that_cannot_stand_is_named() {
    let house = House::furnished().await;
    let message = v1::FileRequest {
        community: "nowhere".to_owned(),
        channel: 99,
        title: "x".repeat(201),
        requester: Some(v1::Requester { name: None, phone: Some("call me".to_owned()), email: None }),
        ..Default::default()
    };
    let refused = problem(house.requests().file(message).await, Code::InvalidArgument);
    let mut named: Vec<&str> = fields(&refused).into_iter().map(|(field, _)| field).collect();
    named.sort_unstable();
    assert_eq!(named, ["channel", "community", "description", "requester.phone", "title"]);
    assert_eq!((refused.http_status, refused.code.as_str()), (422, "invalid"));
    assert!(refused.detail.contains("title has 201 characters; at most 200 are allowed"), "{}", refused.detail);
    let filed = house.completed().await;
    let none = rating(&filed, Rating::Unspecified);
    let refused = problem(house.requests().rate(none).await, Code::InvalidArgument);
    assert_eq!(fields(&refused), [("rating", "missing")]);
}

#[tokio::test]
async fn a_step_that_is_not_permitted_names_the_state_and_the_permitted_steps() {
    let public_url = Some("https://sandan.example.cn".to_owned());
    let house = House::with(0, Settings { public_url, ..Settings::default() }).await;
    house.furnish().await;
    let filed = house.files("a", "The tap drips").await;
    assert!(filed.receipt.unwrap().url.starts_with("https://sandan.example.cn/r/"));
    let water = house.unit("water").await;
    let claim = v1::ClaimRequest { id: filed.id.clone() };
    let refused = problem(house.requests().claim(by(&water, claim)).await, Code::FailedPrecondition);
    assert_eq!((refused.state.as_deref(), refused.title.as_str()), (Some("filed"), "Not possible now"));
    assert!(refused.permitted.contains(&"triage".to_owned()), "{:?}", refused.permitted);
    assert_eq!(refused.r#type, format!("https://sandan.example.cn/errors/{}", refused.code));
}

#[tokio::test]
async fn who_may_comes_before_the_message() {
    let house = House::furnished().await;
    let water = house.unit("water").await;
    let nothing = v1::TriageRequest::default();
    problem(house.requests().triage(by(&water, nothing.clone())).await, Code::PermissionDenied);
    problem(house.requests().triage(nothing.clone()).await, Code::Unauthenticated);
    let desk = house.dispatcher().await;
    problem(house.requests().triage(by(&desk, nothing)).await, Code::NotFound);
    problem(house.requests().triage(by(&desk, accept(&uuid::Uuid::nil().to_string()))).await, Code::NotFound);
    // A message that is too large or no message at all is not looked at before either.
    let large = v1::CloseRequest { id: "x".repeat(2 * 1024 * 1024), ..Default::default() };
    problem(house.requests().close(by(&water, large)).await, Code::PermissionDenied);
}

#[tokio::test]
async fn a_message_that_is_too_large_or_none_says_so() {
    let house = House::furnished().await;
    let large = filing("a", &"x".repeat(1024 * 1024));
    let refused = problem(house.requests().file(large).await, Code::ResourceExhausted);
    assert_eq!((refused.code.as_str(), refused.http_status), ("too-large", 413));
    assert!(refused.detail.contains("1048576"), "{}", refused.detail);
    // A text where a message is expected.
    let mut grpc = Grpc::new(house.channel.clone());
    grpc.ready().await.unwrap();
    let path = "/sandan.v1.Requests/File".parse().unwrap();
    let wrong = v1::Receipt { position: 7, hash: String::new(), url: String::new() };
    let codec = ProstCodec::<v1::Receipt, v1::FileResponse>::default();
    let refused = problem(grpc.unary(tonic::Request::new(wrong), path, codec).await, Code::InvalidArgument);
    assert_eq!((refused.code.as_str(), refused.http_status), ("malformed-message", 400));
    assert!(house.requests().file(filing("a", "It still works")).await.is_ok());
}

#[tokio::test]
async fn what_is_no_method_or_no_position_is_said_to_be_none() {
    let house = House::furnished().await;
    let mut grpc = Grpc::new(house.channel.clone());
    grpc.ready().await.unwrap();
    for path in ["/sandan.v1.Requests/Vanish", "/sandan.v1.Nobody/Get"] {
        let codec = ProstCodec::<(), ()>::default();
        let refused = problem(grpc.unary(by("", ()), path.parse().unwrap(), codec).await, Code::Unimplemented);
        assert_eq!(refused.code, "not-found", "{path}");
        grpc.ready().await.unwrap();
    }
    let desk = house.dispatcher().await;
    let get = v1::GetRequest { id: uuid::Uuid::nil().to_string(), ..Default::default() };
    let refused =
        problem(house.requests().get(with(by(&desk, get), "sandan-after", "-1")).await, Code::InvalidArgument);
    assert_eq!(fields(&refused), [("sandan-after", "not_a_position")]);
}

#[tokio::test]
async fn health_and_reflection_are_there_for_everybody() {
    let house = House::new().await;
    let mut health = HealthClient::new(house.channel.clone());
    let mut watched =
        health.watch(HealthCheckRequest { service: "sandan.v1.Requests".to_owned() }).await.unwrap().into_inner();
    let serving = |status: ServingStatus| i32::from(status);
    while watched.message().await.unwrap().unwrap().status != serving(ServingStatus::Serving) {}
    let mut reflection = ServerReflectionClient::new(house.channel.clone());
    let ask = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let told = reflection.server_reflection_info(futures::stream::iter([ask])).await.unwrap();
    let told = format!("{:?}", told.into_inner().message().await.unwrap().unwrap());
    for service in ["sandan.v1.Requests", "sandan.v1.Organisation", "sandan.v1.Events", "grpc.health.v1.Health"] {
        assert!(told.contains(service), "{service} in {told}");
    }
    house.stop();
    assert_eq!(watched.message().await.unwrap().unwrap().status, serving(ServingStatus::NotServing));
}
