//! The people of a story: what residents, clerks and units do, in their own words, over HTTP.

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::Sandan;

/// Somebody in front of the program, with a token or without.
#[derive(Clone)]
pub struct Person {
    http: reqwest::Client,
    url: String,
    token: Option<String>,
}

/// What the program answered.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Answer {
    /// The body of a success.
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "expected success, got {}: {}", self.status, self.body);
        self.body
    }

    /// The problem of a refusal with this status.
    #[track_caller]
    pub fn refused(self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        let kind = self.headers.get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default();
        assert!(kind.starts_with("application/problem+json"), "a refusal is a problem, not {kind}");
        self.body
    }
}

impl Sandan {
    /// A resident: nobody knows them, the tracking code is their key.
    pub fn resident(&self) -> Person {
        Person { http: client(), url: self.url().to_owned(), token: None }
    }

    /// Somebody with a new token of this role.
    pub fn staff(&self, role: &str) -> Person {
        Person { token: Some(self.token(role, &[])), ..self.resident() }
    }

    /// Somebody of this role in one community.
    pub fn staff_of(&self, role: &str, community: &str) -> Person {
        Person { token: Some(self.token(role, &["--community", community])), ..self.resident() }
    }

    /// Staff of a member unit of a community.
    pub fn unit(&self, unit: &str, community: &str) -> Person {
        let token = self.token("unit", &["--unit", unit, "--community", community]);
        Person { token: Some(token), ..self.resident() }
    }

    /// A community with nobody in it, made by an administrator.
    pub async fn community_without_units(&self, slug: &str) -> Person {
        let administrator = self.staff("administrator");
        administrator.post("/api/v1/communities", json!({"slug": slug, "name": "幸福里社区"})).await.ok();
        administrator
    }

    /// A community with a grid and two units.
    pub async fn community(&self, slug: &str) -> Person {
        let administrator = self.community_without_units(slug).await;
        let grid = json!({"slug": "grid-1", "community": slug, "name": "第一网格", "lead": "网格长甲"});
        administrator.post("/api/v1/grids", grid).await.ok();
        for (unit, name) in [("property", "物业公司"), ("power", "供电所")] {
            let unit = json!({"slug": unit, "community": slug, "name": name, "capacity": 100});
            administrator.post("/api/v1/units", unit).await.ok();
        }
        administrator
    }
}

impl Person {
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.http.request(method, format!("{}{path}", self.url));
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn get(&self, path: &str) -> Answer {
        answer(self.request(Method::GET, path)).await
    }

    /// Posts with an idempotency key of its own.
    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.post_as(Uuid::now_v7(), path, body).await
    }

    /// Posts with this idempotency key.
    pub async fn post_as(&self, key: Uuid, path: &str, body: Value) -> Answer {
        answer(self.request(Method::POST, path).header("Idempotency-Key", key.to_string()).json(&body)).await
    }

    /// A step of a request: `triage`, `dispatch`, …
    pub async fn step(&self, request: &str, step: &str, body: Value) -> Answer {
        self.post(&format!("/api/v1/requests/{request}/{step}"), body).await
    }

    /// The request as it stands after `position`.
    pub async fn sees(&self, request: &str, position: u64) -> Value {
        self.get(&format!("/api/v1/requests/{request}?after={position}")).await.ok()
    }

    /// Files a request in a community; the answer has `id` and `tracking_code`.
    pub async fn files(&self, community: &str, description: &str) -> Value {
        let body = json!({"community": community, "description": description});
        self.post("/api/v1/requests", body).await.ok()
    }
}

async fn answer(request: RequestBuilder) -> Answer {
    let response = request.send().await.expect("the server answers");
    let (status, headers) = (response.status(), response.headers().clone());
    let text = response.text().await.expect("a whole body");
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Answer { status, headers, body }
}

/// TLS is not used here, but a client wants to know whose it would be.
fn client() -> reqwest::Client {
    // Another test may have been first.
    _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}
