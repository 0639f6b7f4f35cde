//! 回访 (R18): committed to before a period, drawn after it, and open to anybody who wants to draw it again.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use sandan_app::{Action, CallBack, CommitCallbacks, Committed, Receipt};
use sandan_domain::CallbackId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::Nothing;
use crate::api::answer;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::api::list::{self, CommunitiesQuery, List};
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CommitCallbacksBody)]
pub(super) struct CommitBody {
    /// Slug. Required.
    community: Option<String>,
    /// An instant, or a date, whose midnight begins it; in the future. Required.
    from: Option<String>,
    /// Not included. Required.
    to: Option<String>,
    /// How many are called back, at most. Required.
    size: Option<i64>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CallBackBody)]
pub(super) struct CallBody {
    /// Of the sample. Required.
    request: Option<String>,
    /// `reached`, `no_answer`, `wrong_number` or `declined`. Required.
    outcome: Option<String>,
    /// One of the five answers, of those who were reached. It is no ballot.
    answer: Option<String>,
    note: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = CallbacksChanged)]
struct Answer {
    id: Uuid,
    position: u64,
}

/// All that is needed to draw the sample again: `SHA-256(seed)` is the hash; the lot of each candidate is
/// `SHA-256(seed "/" id)` in hexadecimal; the lowest lots are the sample.
#[derive(Serialize, ToSchema)]
#[schema(as = Callbacks)]
#[allow(dead_code)]
struct Shape {
    id: Uuid,
    community: String,
    from: Timestamp,
    /// Not included.
    to: Timestamp,
    size: u32,
    /// SHA-256 of the seed's text; in the log before the period began.
    hash: String,
    committed_at: Timestamp,
    /// Of the commitment in the log.
    position: u64,
    /// `null` until it was drawn.
    seed: Option<String>,
    drawn_at: Option<Timestamp>,
    /// Every request that closed unrated in the period, by id.
    candidates: Vec<Uuid>,
    /// In the order in which they were drawn.
    sample: Vec<Uuid>,
    calls: CallsShape,
}

/// What came of the calls: shown apart, and counted in no rate.
#[derive(Serialize, ToSchema)]
#[schema(as = CallbackCalls)]
#[allow(dead_code)]
struct CallsShape {
    to_make: u32,
    reached: u32,
    no_answer: u32,
    wrong_number: u32,
    declined: u32,
    answers: BTreeMap<String, u32>,
}

fn changed(status: StatusCode, receipt: Receipt<Committed>) -> Response {
    let answer = Answer { id: receipt.outcome.id.0, position: receipt.position };
    answer::written(status, receipt.position, answer)
}

/// Commits to the seed of a period's call-backs, before it begins.
#[utoipa::path(
    post,
    path = "/api/v1/callbacks",
    tag = "reviews",
    request_body = CommitBody,
    responses((status = 201, body = Answer), Refused),
    security(("token" = [])),
)]
pub(super) async fn commit(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::Sample)?;
    let caller = ask.caller()?;
    let CommitBody { community, from, to, size } = ask.json()?;
    let input = CommitCallbacks { community, from, to, size };
    Ok(changed(StatusCode::CREATED, ask.site.app.commit_callbacks(&caller, input).await?))
}

/// Reveals the seed and draws the sample, when the period is over.
#[utoipa::path(
    post,
    path = "/api/v1/callbacks/{id}/draw",
    tag = "reviews",
    params(("id" = Uuid, Path)),
    responses((status = 200, body = Answer), Refused),
    security(("token" = [])),
)]
pub(super) async fn draw(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::Sample)?;
    let caller = ask.caller()?;
    let Nothing {} = ask.json()?;
    Ok(changed(StatusCode::OK, ask.site.app.draw_callbacks(&caller, CallbackId(id.0)).await?))
}

/// Records what came of calling somebody back.
#[utoipa::path(
    post,
    path = "/api/v1/callbacks/{id}/calls",
    tag = "reviews",
    params(("id" = Uuid, Path)),
    request_body = CallBody,
    responses((status = 200, body = Answer), Refused),
    security(("token" = [])),
)]
pub(super) async fn call(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::Call)?;
    let caller = ask.caller()?;
    let CallBody { request, outcome, answer, note } = ask.json()?;
    let input = CallBack { request, outcome, answer, note };
    Ok(changed(StatusCode::OK, ask.site.app.call_back(&caller, CallbackId(id.0), input).await?))
}

/// Lists call-backs, with all that is needed to draw them again.
#[utoipa::path(
    get,
    path = "/api/v1/callbacks",
    tag = "reviews",
    params(CommunitiesQuery),
    responses((status = 200, body = List<Shape>), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn list(ask: Ask) -> Result<Response, Problem> {
    let query: CommunitiesQuery = ask.query()?;
    let limit = list::limit(query.limit.as_deref())?;
    let community = query.community(&ask).await?;
    let items = ask.site.views.callbacks(community.as_ref()).await?;
    list::page(items, |view| format!("{}/{}", view.from, view.id), query.cursor.as_deref(), limit)
}

/// Shows one period's call-backs.
#[utoipa::path(
    get,
    path = "/api/v1/callbacks/{id}",
    tag = "reviews",
    params(("id" = Uuid, Path)),
    responses((status = 200, body = Shape), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn show(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let Nothing {} = ask.query()?;
    let view = ask.site.views.callback(CallbackId(id.0)).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(view).into_response())
}
