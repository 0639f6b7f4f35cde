//! A small town with its program: everything in memory but the read models.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::{Extension, Router};
use sandan_app::accounts::NewToken;
use sandan_app::{App, Clock, MemoryBlobs};
use sandan_bus::LocalBus;
use sandan_domain::Role;
use sandan_domain::time::Policy;
use sandan_log::{Log, MemoryLog};
use sandan_vault::{MasterKey, Vault};
use sandan_views::Views;
use sandan_web::{Parts, Settings, Site};
use serde_json::{Value, json};
use tokio::sync::watch;
use tower::ServiceExt;

/// One running node.
pub struct House {
    pub site: Site,
    pub router: Router,
    stop: watch::Sender<bool>,
    _folder: tempfile::TempDir,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Told {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
    pub bytes: bytes::Bytes,
}

impl Told {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn text(&self, pointer: &str) -> &str {
        self.body.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("{pointer} in {self:?}"))
    }

    /// The answer, which must have this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{:#}", self.body);
        self
    }

    /// What was refused, field by field.
    pub fn fields(&self) -> Vec<&str> {
        let errors = self.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        errors.iter().map(|error| error["field"].as_str().unwrap()).collect()
    }
}

/// A call that is being put together.
pub struct Call<'a> {
    house: &'a House,
    request: axum::http::request::Builder,
    body: Vec<u8>,
}

impl Call<'_> {
    #[must_use]
    pub fn by(self, token: &str) -> Self {
        if token.is_empty() { self } else { self.header("authorization", &format!("Bearer {token}")) }
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    #[must_use]
    pub fn json(mut self, body: &Value) -> Self {
        self.body = body.to_string().into_bytes();
        self.header("content-type", "application/json")
    }

    #[must_use]
    pub fn body(mut self, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("content-type", kind)
    }

    pub async fn send(self) -> Told {
        let request = self.request.body(Body::from(self.body)).unwrap();
        let response = self.house.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Told { status: parts.status, headers: parts.headers, body, bytes }
    }
}

/// A filed request with its key.
#[derive(Clone, Debug)]
pub struct Filed {
    pub id: String,
    pub code: String,
    pub position: u64,
}

impl House {
    pub async fn new() -> Self {
        Self::with(Settings { writes_per_minute: 0, ..Settings::default() }).await
    }

    pub async fn with(settings: Settings) -> Self {
        let (clock, _) = Clock::manual("2026-11-02T08:00:00+08:00".parse().unwrap());
        let log = Arc::new(MemoryLog::with_clock(clock.as_fn()));
        Self::on(log, clock, settings).await
    }

    /// On a log of its own.
    pub async fn on(log: Arc<dyn Log>, clock: Clock, settings: Settings) -> Self {
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
        let site = Site::new(Parts { app, views, settings, shutdown, metrics: None });
        let router = sandan_web::router(site.clone());
        let router = router.layer(Extension(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 4_000)))));
        Self { site, router, stop, _folder: folder }
    }

    /// A house with a community `a` (grid `g`, units `water` and `power`) and a community `b` with a unit `other`.
    pub async fn furnished() -> Self {
        let house = Self::new().await;
        house.furnish().await;
        house
    }

    pub async fn furnish(&self) {
        let admin = self.token(Role::Administrator, None, None).await;
        for slug in ["a", "b"] {
            let body = json!({"slug": slug, "name": format!("Community {slug}")});
            self.post("/api/v1/communities").by(&admin).json(&body).send().await.expect(201);
        }
        let body = json!({"slug": "g", "community": "a", "name": "Grid", "lead": "Lead"});
        self.post("/api/v1/grids").by(&admin).json(&body).send().await.expect(201);
        let mut position = 0;
        for (unit, community) in [("water", "a"), ("power", "a"), ("other", "b")] {
            let body = json!({"slug": unit, "community": community, "name": unit, "capacity": 5});
            let told = self.post("/api/v1/units").by(&admin).json(&body).send().await.expect(201);
            position = told.body["position"].as_u64().unwrap();
        }
        self.seen(position).await;
    }

    /// Waits until the read models show a position.
    pub async fn seen(&self, position: u64) {
        self.site.views.wait(position, std::time::Duration::from_secs(20)).await.unwrap();
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

    pub fn get(&self, path: &str) -> Call<'_> {
        self.call(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> Call<'_> {
        self.call(Method::POST, path)
    }

    pub fn call(&self, method: Method, path: &str) -> Call<'_> {
        Call { house: self, request: Request::builder().method(method).uri(path), body: Vec::new() }
    }

    /// A resident of `a` files.
    pub async fn files(&self, description: &str) -> Filed {
        let body = json!({
            "community": "a", "description": description, "title": "Title", "category": "城乡建设",
            "requester": {"name": "王小明", "phone": "13800000001"},
            "location": {"grid": "g", "address": "Road 1", "lat": 31.2, "lng": 121.5},
        });
        let told = self.post("/api/v1/requests").json(&body).send().await.expect(201);
        let position = told.body["position"].as_u64().unwrap();
        Filed { id: told.text("/id").to_owned(), code: told.text("/tracking_code").to_owned(), position }
    }

    /// Takes a step that must be accepted.
    pub async fn step(&self, token: &str, id: &str, step: &str, body: Value) -> Told {
        let told = self.post(&format!("/api/v1/requests/{id}/{step}")).by(token).json(&body).send().await;
        assert!(told.status.is_success(), "{step}: {:#}", told.body);
        told
    }

    /// A request that `water` has completed.
    pub async fn completed(&self) -> Filed {
        let (desk, water) = (self.dispatcher().await, self.unit("water").await);
        let filed = self.files("The tap drips").await;
        self.step(&desk, &filed.id, "triage", json!({"decision": "accept"})).await;
        self.step(&desk, &filed.id, "dispatch", json!({"unit": "water"})).await;
        self.step(&water, &filed.id, "claim", json!({})).await;
        let told = self.step(&water, &filed.id, "complete", json!({"answer": "Mended", "solved": true})).await;
        Filed { position: told.body["position"].as_u64().unwrap(), ..filed }
    }

    pub fn stop(&self) {
        self.stop.send_replace(true);
    }
}

impl Drop for House {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}
