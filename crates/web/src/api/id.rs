//! The id of a request in a path. What is no id names nothing: `404`, as for an id that nobody has.

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use sandan_domain::RequestId;
use uuid::Uuid;

use crate::problem::Problem;

/// `{id}`, and `{attachment}` where there is one.
pub(crate) struct Id(pub RequestId);

/// `{attachment}`.
pub(crate) struct AttachmentPath(pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        named(parts, state, "id").await.map(|id| Self(id.into()))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for AttachmentPath {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        named(parts, state, "attachment").await.map(Self)
    }
}

async fn named<S: Send + Sync>(parts: &mut Parts, state: &S, wanted: &str) -> Result<Uuid, Problem> {
    let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| Problem::not_found())?;
    let text = params.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value);
    text.and_then(|text| Uuid::try_parse(text).ok()).ok_or_else(Problem::not_found)
}
