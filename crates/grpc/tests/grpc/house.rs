//! A small town whose program listens on a socket: everything in memory but the read models.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, Request};
use axum::{Extension, Router};
use prost::Message;
use sandan_app::accounts::NewToken;
use sandan_app::{App, Clock, ManualClock, MemoryBlobs};
use sandan_bus::LocalBus;
use sandan_domain::Role;
use sandan_domain::time::Policy;
use sandan_grpc::v1::evaluations_client::EvaluationsClient;
use sandan_grpc::v1::events_client::EventsClient;
use sandan_grpc::v1::honours_client::HonoursClient;
use sandan_grpc::v1::organisation_client::OrganisationClient;
use sandan_grpc::v1::policies_client::PoliciesClient;
use sandan_grpc::v1::projects_client::ProjectsClient;
use sandan_grpc::v1::requests_client::RequestsClient;
use sandan_grpc::v1::reviews_client::ReviewsClient;
use sandan_grpc::v1::scores_client::ScoresClient;
use sandan_grpc::v1::{self, Problem};
use sandan_grpc::{Client, Parts, Settings};
use sandan_log::{Log, MemoryLog};
use sandan_vault::{MasterKey, Vault};
use sandan_views::Views;
use sandan_web::Site;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};
use tower::ServiceExt;

/// One running node.
pub struct House {
    pub site: Site,
    /// The other edge, through the same door.
    http: Router,
    pub channel: Channel,
    pub time: ManualClock,
    stop: watch::Sender<bool>,
    _folder: tempfile::TempDir,
}

impl House {
    pub async fn new() -> Self {
        Self::with(0, Settings::default()).await
    }

    /// With so many writes a minute without a token.
    pub async fn with(writes_per_minute: u32, settings: Settings) -> Self {
        let (clock, time) = Clock::manual("2026-11-02T08:00:00+08:00".parse().unwrap());
        let log: Arc<dyn Log> = Arc::new(MemoryLog::with_clock(clock.as_fn()));
        let vault = Vault::new(MasterKey::random(), Arc::clone(&log));
        let policy = Arc::new(Policy::standard());
        let folder = tempfile::tempdir().unwrap();
        let (stop, shutdown) = watch::channel(false);
        let views = Views::open(sandan_views::Parts {
            folder: folder.path().to_owned(),
            log: Arc::clone(&log),
            bus: Arc::new(LocalBus::new(Arc::clone(&log))),
            vault: vault.clone(),
            policy: Arc::clone(&policy),
            clock: clock.as_fn(),
        });
        let views = views.await.unwrap();
        let (feeding, until) = (views.clone(), shutdown.clone());
        tokio::spawn(async move { feeding.run(until).await });
        let attachments = Arc::new(MemoryBlobs::default());
        let app = App::open(sandan_app::Parts { log, vault, policy, clock, attachments });
        let web = sandan_web::Settings { writes_per_minute, ..sandan_web::Settings::default() };
        let (shut, metrics) = (shutdown.clone(), None);
        let parts =
            sandan_web::Parts { app: app.clone(), views: views.clone(), settings: web, shutdown: shut, metrics };
        let site = Site::new(parts);
        let door = Arc::clone(&site.door);
        let grpc = sandan_grpc::router(Parts { app, views, door, settings, shutdown: shutdown.clone() }).unwrap();
        let channel = listen(grpc, shutdown).await;
        let http = sandan_web::router(site.clone());
        Self { site, http, channel, time, stop, _folder: folder }
    }

    /// With a community `a` (grid `g`, units `water` and `power`), `below` under it, and `b` with a unit `other`.
    pub async fn furnished() -> Self {
        let house = Self::new().await;
        house.furnish().await;
        house
    }

    pub async fn furnish(&self) {
        let admin = self.token(Role::Administrator, None, None).await;
        for (slug, parent) in [("a", ""), ("below", "a"), ("b", "")] {
            self.found(&admin, slug, parent).await.unwrap();
        }
        let (slug, community, name) = ("g".to_owned(), "a".to_owned(), "Grid".to_owned());
        let grid = v1::AddGridRequest { slug, community, name, lead: "Lead".to_owned() };
        self.organisation().add_grid(by(&admin, grid)).await.unwrap();
        let mut position = 0;
        for (unit, community) in [("water", "a"), ("power", "a"), ("other", "b")] {
            let unit = v1::RegisterUnitRequest {
                slug: unit.to_owned(),
                community: community.to_owned(),
                name: unit.to_owned(),
                capacity: Some(5),
                ..Default::default()
            };
            position = self.organisation().register_unit(by(&admin, unit)).await.unwrap().into_inner().position;
        }
        self.seen(position).await;
    }

    pub async fn found(&self, admin: &str, slug: &str, parent: &str) -> Result<u64, Status> {
        let (slug, parent, name) = (slug.to_owned(), parent.to_owned(), format!("Community {slug}"));
        let message = v1::FoundCommunityRequest { slug, name, parent };
        Ok(self.organisation().found_community(by(admin, message)).await?.into_inner().position)
    }

    pub fn requests(&self) -> RequestsClient<Channel> {
        RequestsClient::new(self.channel.clone())
    }

    pub fn reviews(&self) -> ReviewsClient<Channel> {
        ReviewsClient::new(self.channel.clone())
    }

    pub fn evaluations(&self) -> EvaluationsClient<Channel> {
        EvaluationsClient::new(self.channel.clone())
    }

    pub fn projects(&self) -> ProjectsClient<Channel> {
        ProjectsClient::new(self.channel.clone())
    }

    pub fn honours(&self) -> HonoursClient<Channel> {
        HonoursClient::new(self.channel.clone())
    }

    pub fn scores(&self) -> ScoresClient<Channel> {
        ScoresClient::new(self.channel.clone())
    }

    pub fn organisation(&self) -> OrganisationClient<Channel> {
        OrganisationClient::new(self.channel.clone())
    }

    pub fn policies(&self) -> PoliciesClient<Channel> {
        PoliciesClient::new(self.channel.clone())
    }

    pub fn events(&self) -> EventsClient<Channel> {
        EventsClient::new(self.channel.clone())
    }

    /// Waits until the read models show a position.
    pub async fn seen(&self, position: u64) {
        self.site.views.wait(position, Duration::from_secs(20)).await.unwrap();
    }

    pub async fn token(&self, role: Role, unit: Option<&str>, community: Option<&str>) -> String {
        let (unit, community) = (unit.map(|unit| unit.parse().unwrap()), community.map(|slug| slug.parse().unwrap()));
        let new = NewToken { role, unit, community, expires: None };
        self.site.app.accounts().create_token(new).await.unwrap().0
    }

    pub async fn dispatcher(&self) -> String {
        self.token(Role::Dispatcher, None, Some("a")).await
    }

    pub async fn unit(&self, unit: &str) -> String {
        self.token(Role::Unit, Some(unit), Some("a")).await
    }

    /// A resident of a community files.
    pub async fn files(&self, community: &str, description: &str) -> v1::FileResponse {
        self.requests().file(filing(community, description)).await.unwrap().into_inner()
    }

    /// A request that `water` has completed.
    pub async fn completed(&self) -> v1::FileResponse {
        let filed = self.files("a", "The tap drips").await;
        let (desk, water, id) = (self.dispatcher().await, self.unit("water").await, filed.id.clone());
        self.requests().triage(by(&desk, accept(&id))).await.unwrap();
        self.requests().dispatch(by(&desk, to_unit(&id, "water"))).await.unwrap();
        self.requests().claim(by(&water, v1::ClaimRequest { id: id.clone() })).await.unwrap();
        let answer = v1::CompleteRequest { id, answer: "Mended".to_owned(), ..Default::default() };
        let position = self.requests().complete(by(&water, answer)).await.unwrap().into_inner().position;
        self.seen(position).await;
        filed
    }

    /// The same wish over HTTP, from another address.
    pub async fn post(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> (u16, Value) {
        let mut request = Request::builder().method(Method::POST).uri(path).header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.http.clone().oneshot(request.body(Body::from(body.to_string())).unwrap()).await.unwrap();
        let status = response.status().as_u16();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// The same question over HTTP.
    pub async fn get(&self, path: &str, token: &str) -> Value {
        let request = Request::builder().uri(path).header("authorization", format!("Bearer {token}"));
        let response = self.http.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status().as_u16(), 200, "{path}");
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    pub fn stop(&self) {
        self.stop.send_replace(true);
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn listen(router: Router, mut shutdown: watch::Receiver<bool>) -> Channel {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let router = router.layer(Extension(Client(IpAddr::V4(Ipv4Addr::UNSPECIFIED))));
    tokio::spawn(async move {
        let stopped = async move { _ = shutdown.wait_for(|stop| *stop).await };
        axum::serve(listener, router).with_graceful_shutdown(stopped).await.unwrap();
    });
    Endpoint::from_shared(format!("http://{address}")).unwrap().connect().await.unwrap()
}

/// A message with the caller's token; an empty one: a resident's.
pub fn by<T>(token: &str, message: T) -> tonic::Request<T> {
    let mut request = tonic::Request::new(message);
    if !token.is_empty() {
        request.metadata_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    }
    request
}

pub fn with<T>(mut request: tonic::Request<T>, name: &'static str, value: &str) -> tonic::Request<T> {
    request.metadata_mut().insert(name, value.parse().unwrap());
    request
}

pub fn filing(community: &str, description: &str) -> v1::FileRequest {
    let text = |text: &str| Some(text.to_owned());
    v1::FileRequest {
        community: community.to_owned(),
        description: description.to_owned(),
        title: "Title".to_owned(),
        category: "城乡建设".to_owned(),
        requester: Some(v1::Requester { name: text("王小明"), phone: text("13800000001"), email: None }),
        location: Some(v1::Location {
            address: text("Road 1"),
            lat: Some(31.2),
            lng: Some(121.5),
            ..Default::default()
        }),
        ..Default::default()
    }
}

pub fn accept(id: &str) -> v1::TriageRequest {
    let decision = v1::triage_request::Decision::Accept.into();
    v1::TriageRequest { id: id.to_owned(), decision, ..Default::default() }
}

pub fn to_unit(id: &str, unit: &str) -> v1::DispatchRequest {
    v1::DispatchRequest { id: id.to_owned(), units: vec![unit.to_owned()], ..Default::default() }
}

pub fn rating(filed: &v1::FileResponse, rating: v1::Rating) -> v1::RateRequest {
    let (id, tracking_code) = (filed.id.clone(), filed.tracking_code.clone());
    v1::RateRequest { id, tracking_code, rating: rating.into(), ..Default::default() }
}

/// What a refused call's status carries.
#[track_caller]
pub fn problem<T: std::fmt::Debug>(answer: Result<T, Status>, code: Code) -> Problem {
    let status = answer.expect_err("a refusal");
    assert_eq!(status.code(), code, "{status:?}");
    let details = tonic_types::pb::Status::decode(status.details()).expect("a google.rpc.Status");
    assert_eq!((details.code, details.message.as_str()), (i32::from(code), status.message()));
    let any = details.details.first().expect("a problem");
    assert_eq!(any.type_url, "type.googleapis.com/sandan.v1.Problem");
    Problem::decode(any.value.as_slice()).expect("a problem")
}

/// The names and codes of the fields that can't stand.
pub fn fields(problem: &Problem) -> Vec<(&str, &str)> {
    problem.errors.iter().map(|error| (error.field.as_str(), error.code.as_str())).collect()
}
