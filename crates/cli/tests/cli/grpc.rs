//! gRPC and HTTP on one port, with TLS and without.

use std::time::Duration;

use sandan_grpc::v1::events_client::EventsClient;
use sandan_grpc::v1::requests_client::RequestsClient;
use sandan_grpc::v1::{FileRequest, FileResponse, FollowRequest};
use serde_json::json;
use tokio::time::timeout;
use tonic::Code;
use tonic::transport::{Certificate, Channel, ClientTlsConfig, Endpoint};

use super::place::{Place, Server};
use super::tls::certificate;

/// For a condition that will come; no verdict on speed.
const PATIENCE: Duration = Duration::from_secs(30);

async fn connect(endpoint: Endpoint) -> Channel {
    timeout(PATIENCE, endpoint.connect()).await.expect("a connection").unwrap()
}

async fn file(channel: Channel) -> FileResponse {
    let (community, description) = ("lakeside".to_owned(), "The lamp is dark".to_owned());
    let message = FileRequest { community, description, ..Default::default() };
    RequestsClient::new(channel).file(message).await.unwrap().into_inner()
}

#[tokio::test]
async fn one_port_speaks_http_1_and_grpc_and_streams_end_when_it_stops() {
    let mut place = Place::with_community();
    let token = place.json(&["token", "create", "--role", "supervisor"])["token"].as_str().unwrap().to_owned();
    let server = place.serve();
    let url = server.ready["url"].as_str().unwrap().to_owned();
    let channel = connect(Endpoint::from_shared(url.clone()).unwrap()).await;
    let filed = file(channel.clone()).await;
    assert_eq!(filed.receipt.unwrap().url, format!("{url}/r/{}", filed.tracking_code));
    // The same over HTTP/1.1, through the same port.
    let path = format!("/api/v1/requests/{}?after={}", filed.id, filed.position);
    assert!(server.get(&path, &token).contains("The lamp is dark"));
    let also = server.post("/api/v1/requests", "", &json!({"community": "lakeside", "description": "x"}));
    let mut follow = tonic::Request::new(FollowRequest { after: Some(filed.position), ..Default::default() });
    follow.metadata_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    let mut events = EventsClient::new(channel.clone()).follow(follow).await.unwrap().into_inner();
    let next = timeout(PATIENCE, events.message()).await.expect("an event").unwrap().unwrap();
    assert_eq!(next.position, also["position"].as_u64().unwrap());
    let nobody = EventsClient::new(channel).follow(FollowRequest::default()).await.unwrap_err();
    assert_eq!(nobody.code(), Code::Unauthenticated);
    let server = place.server.take().unwrap();
    let stopping = tokio::task::spawn_blocking(move || server.stop());
    assert_eq!(timeout(PATIENCE, events.message()).await.expect("the end").unwrap(), None);
    stopping.await.unwrap();
}

#[tokio::test]
async fn with_a_certificate_grpc_goes_through_tls() {
    let place = Place::with_community();
    let (cert, key, _) = certificate(&place);
    let server = Server::start(&place.data(), &["--tls-cert", &cert, "--tls-key", &key]);
    let trusted = Certificate::from_pem(std::fs::read(&cert).unwrap());
    let tls = ClientTlsConfig::new().ca_certificate(trusted).domain_name("localhost");
    let url = server.ready["url"].as_str().unwrap().to_owned();
    let channel = connect(Endpoint::from_shared(url).unwrap().tls_config(tls).unwrap()).await;
    assert!(file(channel).await.position > 0);
    server.stop();
}
