//! Single messages on their way, and those that could not be delivered.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sandan_app::Action;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::keep::head;
use super::shape::EntryShape;
use crate::api::answer;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::problem::Problem;

#[derive(Serialize, ToSchema)]
#[schema(as = Outbox)]
pub(super) struct Outbox {
    waiting: Vec<EntryShape>,
    /// Laid aside after all tries, or refused for good.
    dead: Vec<EntryShape>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RetryBody)]
pub(super) struct Body {
    /// That message; without: all that were laid aside.
    id: Option<Uuid>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Retried)]
struct Retried {
    retried: usize,
    position: u64,
}

/// Shows what waits and what could not be delivered.
#[utoipa::path(
    get,
    path = "/api/v1/notices",
    tag = "notices",
    responses((status = 200, body = Outbox), Refused),
    security(("token" = [])),
)]
pub(super) async fn list(ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::ManageEndpoints)?;
    let standing = ask.site.app.notices(&ask.who.caller).await?;
    let shapes = |entries: Vec<_>| entries.into_iter().map(EntryShape::from).collect();
    Ok(Json(Outbox { waiting: shapes(standing.waiting), dead: shapes(standing.dead) }).into_response())
}

/// Tries what was laid aside once more.
#[utoipa::path(
    post,
    path = "/api/v1/notices/retry",
    tag = "notices",
    request_body = Body,
    responses((status = 202, body = Retried), Refused),
    security(("token" = [])),
)]
pub(super) async fn retry(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::ManageEndpoints)?;
    let caller = ask.caller()?;
    let Body { id } = ask.json()?;
    let retried = ask.site.app.retry_notices(&caller, id).await?;
    let position = head(&ask).await?;
    Ok(answer::written(StatusCode::ACCEPTED, position, Retried { retried, position }))
}
