//! One call to the API: who asks, with what, and the order in which it is answered.
//!
//! Who may is decided before the state and before the rest of the body, so nothing of the body is looked at
//! until [`Ask::permit`] has said yes. A body that can't be read is an error only then.

use axum::extract::{FromRequest, FromRequestParts, MatchedPath, Request};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode};
use bytes::Bytes;
use sandan_app::{Action, Caller, Idempotency, Receipt, Refusal};
use sandan_domain::{PersonId, RequestId};
use serde::de::DeserializeOwned;
use tokio::sync::SemaphorePermit;
use uuid::Uuid;

use super::evaluations::TOKEN_ROUTE;
use super::{after, json, query, reach};
use crate::headers::{IDEMPOTENCY_KEY, TRACKING_CODE};
use crate::identity::Who;
use crate::problem::{Problem, Words};
use crate::site::Site;
use crate::{body, lookup};

/// A call. The last argument of a handler.
pub(crate) struct Ask {
    pub site: Site,
    pub who: Who,
    headers: HeaderMap,
    query: String,
    body: Result<Bytes, Problem>,
    key: Result<Option<Idempotency>, Problem>,
}

impl FromRequest<Site> for Ask {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Problem> {
        let (mut parts, body) = request.into_parts();
        let who = Who::from_request_parts(&mut parts, site).await?;
        let body = if parts.method == Method::GET || parts.method == Method::HEAD {
            // A stream resumes after the position instead of waiting for it.
            if !parts.uri.path().ends_with("/live") {
                after::wait(site, &parts).await?;
            }
            Ok(Bytes::new())
        } else {
            if !is_for_tokens(&parts) {
                site.door.write(&who.caller, who.client)?;
            }
            body::read(body, longest(site, &parts)).await
        };
        let key = idempotency(&parts);
        let query = parts.uri.query().unwrap_or_default().to_owned();
        Ok(Self { site: site.clone(), who, headers: parts.headers, query, body, key })
    }
}

/// Drawing a voting token: in a meeting everybody does so behind one address. Wrong codes are counted there.
fn is_for_tokens(parts: &Parts) -> bool {
    parts.extensions.get::<MatchedPath>().is_some_and(|path| path.as_str() == TOKEN_ROUTE)
}

/// A photo comes in a form, whose other parts need a little room too.
fn longest(site: &Site, parts: &Parts) -> usize {
    const FORM: usize = 64 * 1024;
    if is(&parts.headers, "multipart/") {
        site.settings.attachment_bytes_max.saturating_add(FORM)
    } else if is(&parts.headers, "image/") {
        site.settings.attachment_bytes_max
    } else {
        site.settings.body_bytes_max
    }
}

fn is(headers: &HeaderMap, kind: &str) -> bool {
    let value = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.get(..kind.len()).is_some_and(|start| start.eq_ignore_ascii_case(kind))
}

fn idempotency(parts: &Parts) -> Result<Option<Idempotency>, Problem> {
    let Some(value) = parts.headers.get(IDEMPOTENCY_KEY) else { return Ok(None) };
    let key = value.to_str().ok().and_then(|text| Uuid::try_parse(text.trim()).ok());
    let wrong = || {
        let words = Words::new("input-not-a-uuid", "must be a UUID");
        Problem::field("Idempotency-Key", "not_a_uuid", words)
    };
    Ok(Some(Idempotency { key: key.ok_or_else(wrong)?, path: parts.uri.path().to_owned() }))
}

impl Ask {
    /// Refuses whoever may not do this at all.
    pub fn permit(&self, action: Action) -> Result<(), Problem> {
        Ok(self.who.permit(action)?)
    }

    /// The body of a step of this request, once the role may take it.
    ///
    /// The application judges the rest in its own order, and answers a repeat before all else. Only a body that
    /// can't be read never gets there: then whose request it is must be judged here, before the body.
    pub async fn step<T: DeserializeOwned>(&self, action: Action, request: RequestId) -> Result<T, Problem> {
        self.permit(action)?;
        if let Some(tracked) = self.tracked(action) {
            lookup::before(&self.site, &self.who)?;
            tracked?;
        }
        match self.key.clone().and_then(|_| self.json()) {
            Ok(body) => Ok(body),
            Err(problem) => {
                reach::judge(self, action, request).await?;
                Err(problem)
            }
        }
    }

    /// Steps that a tracking code stands for: whether one came, and `404` where none did. A body in which one may stand
    /// and that can't be read is told as that.
    fn tracked(&self, action: Action) -> Option<Result<(), Problem>> {
        let needs_code = matches!(action, Action::Withdraw | Action::Rate);
        let missing = || self.json::<serde_json::Value>().err().unwrap_or_else(Problem::not_found);
        needs_code.then(|| self.code().map(|_| ()).ok_or_else(missing))
    }

    /// What the application said; a tracking code that led nowhere is counted.
    pub fn told<T>(&self, answer: sandan_app::Answer<T>) -> Result<Receipt<T>, Problem> {
        match answer {
            Err(Refusal::NotFound) if self.code().is_some() => Err(lookup::failed(&self.site, &self.who)),
            answer => Ok(answer?),
        }
    }

    /// The resident who holds the tracking code that came with the call; a wrong one is `404`.
    pub async fn holder(&self, request: RequestId) -> Result<PersonId, Problem> {
        lookup::holder(&self.site, &self.who, self.code().as_deref(), request).await
    }

    /// The tracking code: in the header, in the query, or in the body.
    pub fn code(&self) -> Option<String> {
        let header = || self.headers.get(TRACKING_CODE)?.to_str().ok().map(str::to_owned);
        let body = || json::text_field(self.body.as_ref().ok()?, "tracking_code");
        header().or_else(|| query::value(&self.query, "tracking_code")).or_else(body)
    }

    /// The caller, with the key of this wish.
    pub fn caller(&self) -> Result<Caller, Problem> {
        let idempotency = self.key.clone()?;
        Ok(Caller { idempotency, ..self.who.caller.clone() })
    }

    /// The body as `T`. Without a body all fields are missing.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        let bytes = self.body.clone()?;
        let typed = self.headers.contains_key(CONTENT_TYPE);
        if !bytes.is_empty() && typed && !json::is_media_type(&self.headers) {
            return Err(unsupported("application/json"));
        }
        json::read(if bytes.is_empty() { b"{}" } else { &bytes })
    }

    /// The body as it came, with its media type.
    pub fn bytes(&self) -> Result<(Bytes, &str), Problem> {
        let kind = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok((self.body.clone()?, kind))
    }

    /// The query as `T`.
    pub fn query<T: DeserializeOwned>(&self) -> Result<T, Problem> {
        query::read(&self.query)
    }

    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The position that the call names.
    pub fn after(&self) -> Result<Option<u64>, Problem> {
        after::asked(&self.headers, &self.query)
    }

    /// A place among the writes under way. Held until the answer is known.
    pub fn place(&self) -> Result<SemaphorePermit<'_>, Problem> {
        Ok(self.site.door.place()?)
    }

    /// A link that can be printed: with the public host, or the one that was called.
    pub fn link(&self, path: &str) -> String {
        if let Some(base) = &self.site.settings.public_url {
            return format!("{base}{path}");
        }
        let scheme = if self.site.settings.secure { "https" } else { "http" };
        match self.headers.get(HOST).and_then(|host| host.to_str().ok()) {
            Some(host) => format!("{scheme}://{host}{path}"),
            None => path.to_owned(),
        }
    }
}

/// The body has a media type that this call doesn't take.
pub(crate) fn unsupported(expected: &str) -> Problem {
    let english = format!("the body must be {expected}");
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", english).with("expected", expected)
}
