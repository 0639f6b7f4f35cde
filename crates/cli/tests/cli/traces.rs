//! Traces at a collector: one filed request is one trace, and nothing in it names anybody.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{TraceService, TraceServiceServer};
use opentelemetry_proto::tonic::collector::trace::v1::{ExportTraceServiceRequest, ExportTraceServiceResponse};
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use sandan_grpc::v1::events_client::EventsClient;
use sandan_grpc::v1::requests_client::RequestsClient;
use sandan_grpc::v1::{FileRequest, FollowRequest};
use sandan_testkit::{Nats, Postgres};
use serde_json::json;
use tokio::net::TcpListener;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status};

use super::place::{Place, Server, wait_for};

/// Keeps what it is sent.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<Span>>>);

#[tonic::async_trait]
impl TraceService for Collector {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        let resources = request.into_inner().resource_spans.into_iter();
        let spans = resources.flat_map(|resource| resource.scope_spans).flat_map(|scope| scope.spans);
        self.0.lock().unwrap().extend(spans);
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

impl Collector {
    async fn listen() -> (Self, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let collector = Self::default();
        let service = TraceServiceServer::new(collector.clone());
        let serving = tonic::transport::Server::builder().add_service(service);
        tokio::spawn(serving.serve_with_incoming(TcpIncoming::from(listener)));
        (collector, address)
    }

    fn spans(&self) -> Vec<Span> {
        self.0.lock().unwrap().clone()
    }
}

/// An attribute, whatever it holds, as a text.
fn attribute(span: &Span, key: &str) -> Option<String> {
    let found = span.attributes.iter().find(|attribute| attribute.key == key)?;
    match found.value.as_ref()?.value.as_ref()? {
        Value::StringValue(text) => Some(text.clone()),
        other => Some(format!("{other:?}")),
    }
}

#[track_caller]
fn one<'a>(spans: &'a [Span], what: &str, wanted: impl Fn(&Span) -> bool) -> &'a Span {
    let found: Vec<&Span> = spans.iter().filter(|span| wanted(span)).collect();
    assert_eq!(found.len(), 1, "{what} among {spans:#?}");
    found[0]
}

#[track_caller]
fn child<'a>(spans: &'a [Span], of: &Span, name: &str) -> &'a Span {
    let found = one(spans, name, |span| span.name == name && span.parent_span_id == of.span_id);
    assert_eq!(found.trace_id, of.trace_id);
    found
}

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const CALLER: &str = "00f067aa0ba902b7";

#[tokio::test]
async fn a_filed_request_is_one_trace_from_the_call_to_the_append() {
    let (collector, address) = Collector::listen().await;
    let place = Place::with_community();
    let token = place.json(&["token", "create", "--role", "supervisor"])["token"].as_str().unwrap().to_owned();
    let server = Server::start(&place.data(), &["--otlp", &format!("http://{address}")]);
    // Over HTTP, a trace of its own.
    let body = json!({"community": "lakeside", "description": "secret words"});
    let filed = server.post("/api/v1/requests", "", &body);
    // Over gRPC, within a trace of the caller's.
    let url = server.ready["url"].as_str().unwrap().to_owned();
    let (community, description) = ("lakeside".to_owned(), "secret words".to_owned());
    let mut file = Request::new(FileRequest { community, description, ..Default::default() });
    file.metadata_mut().insert("traceparent", format!("00-{TRACE}-{CALLER}-01").parse().unwrap());
    let also = RequestsClient::connect(url.clone()).await.unwrap().file(file).await.unwrap().into_inner();
    let message = FollowRequest { after: Some(also.position - 1), stop_at_end: true, ..Default::default() };
    let mut follow = Request::new(message);
    follow.metadata_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    let mut events = EventsClient::connect(url).await.unwrap().follow(follow).await.unwrap().into_inner();
    let event = events.message().await.unwrap().unwrap().event.unwrap();
    drop(events);
    // What is left is sent when it stops.
    tokio::task::spawn_blocking(move || server.stop()).await.unwrap();

    let spans = collector.spans();
    let is_filing = |span: &Span| span.name == "http" && attribute(span, "method").as_deref() == Some("POST");
    let http = one(&spans, "the call over HTTP", is_filing);
    assert_eq!(attribute(http, "route").as_deref(), Some("/api/v1/requests"));
    let command = child(&spans, http, "command");
    assert_eq!(attribute(command, "command").as_deref(), Some("file"));
    assert_eq!(attribute(command, "result").as_deref(), Some("accepted"));
    let append = child(&spans, command, "append");
    let is_its_batch = |span: &Span| span.links.iter().any(|link| link.span_id == append.span_id);
    assert_eq!(one(&spans, "the batch", is_its_batch).name, "batch");

    let is_file = |span: &Span| attribute(span, "method").as_deref() == Some("/sandan.v1.Requests/File");
    let grpc = one(&spans, "the call over gRPC", is_file);
    let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    assert_eq!((hex(&grpc.trace_id).as_str(), hex(&grpc.parent_span_id).as_str()), (TRACE, CALLER));
    let command = child(&spans, grpc, "command");
    // The event leads to the trace, through the read models too.
    assert_eq!(attribute(command, "correlation").as_deref(), Some(event.correlationid.as_str()));
    let is_its = |span: &&Span| attribute(span, "correlations").is_some_and(|its| its.contains(&event.correlationid));
    let models: BTreeSet<_> = spans.iter().filter(is_its).map(|span| attribute(span, "model")).collect();
    assert_eq!(models.len(), 2, "{models:?}");

    let told = format!("{spans:?}");
    for secret in [filed["tracking_code"].as_str().unwrap(), &also.tracking_code, "secret words", &token] {
        assert!(!told.contains(secret), "{secret}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn with_a_shared_log_and_a_bus_the_batch_the_relay_and_every_projection_lead_to_the_call() {
    let (collector, address) = Collector::listen().await;
    let (postgres, nats) = (Postgres::shared(), Nats::start());
    let settings = ["--database", &postgres.database(), "--nats", &nats.url()];
    let place = Place::with(&settings);
    place.json(&["community", "add", "lakeside", "湖滨社区"]);
    let otlp = format!("http://{address}");
    let server = Server::start(&place.data(), &[&settings[..], &["--otlp", &otlp]].concat());
    let filed = server.post("/api/v1/requests", "", &json!({"community": "lakeside", "description": "x"}));
    let position = filed["position"].as_u64().unwrap();
    let path = format!(
        "/api/v1/requests/{}?tracking_code={}&after={position}",
        filed["id"].as_str().unwrap(),
        filed["tracking_code"].as_str().unwrap()
    );
    assert_eq!(server.json(&path, "").0, 200);
    wait_for("the relay", || {
        let metrics = server.get("/metrics", "");
        metrics.lines().any(|line| line == format!("sandan_relay_position {position}")).then_some(())
    });
    tokio::task::spawn_blocking(move || server.stop()).await.unwrap();

    let spans = collector.spans();
    let is_filing = |span: &Span| span.name == "http" && attribute(span, "method").as_deref() == Some("POST");
    let command = child(&spans, one(&spans, "the call", is_filing), "command");
    let append = child(&spans, command, "append");
    let is_its_batch = |span: &Span| span.links.iter().any(|link| link.span_id == append.span_id);
    assert_eq!(one(&spans, "the batch", is_its_batch).name, "batch");
    let correlation = attribute(command, "correlation").unwrap();
    let names_it = |span: &&Span| attribute(span, "correlations").is_some_and(|its| its.contains(&correlation));
    let follow: BTreeSet<_> =
        spans.iter().filter(names_it).map(|span| (span.name.as_str(), attribute(span, "model"))).collect();
    let model = |name: &str| ("project", Some(name.to_owned()));
    assert_eq!(follow, BTreeSet::from([("relay", None), model("main"), model("search")]));
}

#[tokio::test]
async fn a_collector_that_is_not_there_costs_nobody_an_answer() {
    let place = Place::with_community();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let server = Server::start(&place.data(), &["--otlp", &format!("http://{address}")]);
    server.post("/api/v1/requests", "", &json!({"community": "lakeside", "description": "x"}));
    tokio::task::spawn_blocking(move || server.stop()).await.unwrap();
}
