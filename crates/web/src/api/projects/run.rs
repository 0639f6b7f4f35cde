//! A project goes on: one more request, a stage that is done, finishing, and the oversight board's end.

use axum::http::StatusCode;
use axum::response::Response;
use sandan_app::{Action, AddRequest, Close, FinishProject, StageDone};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Changed, changed};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddRequestBody {
    /// Id or number of a request that is not completed yet. Required.
    request: Option<String>,
}

/// Serves one more request.
#[utoipa::path(
    post,
    path = "/api/v1/projects/{id}/requests",
    tag = "projects",
    params(("id" = uuid::Uuid, Path)),
    request_body = AddRequestBody,
    responses((status = 200, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn add_request(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::RunProject)?;
    let caller = ask.caller()?;
    let AddRequestBody { request } = ask.json()?;
    Ok(changed(StatusCode::OK, &ask.site.app.add_request(&caller, id.project(), AddRequest { request }).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StageDoneBody {
    /// Counts from 1. Required.
    stage: Option<i64>,
}

/// Marks a stage as done.
#[utoipa::path(
    post,
    path = "/api/v1/projects/{id}/stages",
    tag = "projects",
    params(("id" = uuid::Uuid, Path)),
    request_body = StageDoneBody,
    responses((status = 200, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn stage_done(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::RunProject)?;
    let caller = ask.caller()?;
    let StageDoneBody { stage } = ask.json()?;
    Ok(changed(StatusCode::OK, &ask.site.app.stage_done(&caller, id.project(), StageDone { stage }).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FinishProjectBody {
    /// What residents are told; public. Required.
    answer: Option<String>,
    /// A time, or a date, whose last midnight counts; the seventh working day unless given (R15).
    voting_until: Option<String>,
    /// Ballots are written between this and the end of the vote; unless given, the last seventh is left for that.
    drawing_until: Option<String>,
}

/// Finishes a project, or its rework: the vote on it opens at once.
#[utoipa::path(
    post,
    path = "/api/v1/projects/{id}/finish",
    tag = "projects",
    params(("id" = uuid::Uuid, Path)),
    request_body = FinishProjectBody,
    responses((status = 200, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn finish(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::RunProject)?;
    let caller = ask.caller()?;
    let FinishProjectBody { answer, voting_until, drawing_until } = ask.json()?;
    let input = FinishProject { answer, voting_until, drawing_until };
    Ok(changed(StatusCode::OK, &ask.site.app.finish_project(&caller, id.project(), input).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CloseProjectBody {
    /// Public. Required.
    reason: Option<String>,
}

/// The oversight board closes a project as *closed, dissatisfied*, from the third rework on (R19).
#[utoipa::path(
    post,
    path = "/api/v1/projects/{id}/close",
    tag = "projects",
    params(("id" = uuid::Uuid, Path)),
    request_body = CloseProjectBody,
    responses((status = 200, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn close(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::Close)?;
    let caller = ask.caller()?;
    let CloseProjectBody { reason } = ask.json()?;
    Ok(changed(StatusCode::OK, &ask.site.app.close_project(&caller, id.project(), Close { reason }).await?))
}
