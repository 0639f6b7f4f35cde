//! The committee runs an evaluation: screening, lots, opening, ending, the count, sending back.

use axum::response::Response;
use sandan_app::{Action, CallOff, EndEvaluation, OpenEvaluation, Screen, SendBack};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{Changed, changed};
use crate::api::Nothing;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ScreenBody {
    /// Of the volunteer. Required.
    number: Option<i64>,
    /// Required.
    admitted: Option<bool>,
    /// Of a refusal; required there.
    reason: Option<String>,
}

/// 组织筛选: admits or refuses a volunteer.
#[utoipa::path(
    post,
    path = "/api/v1/evaluations/{id}/screen",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path)),
    request_body = ScreenBody,
    responses((status = 200, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn screen(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::RunEvaluation)?;
    let caller = ask.caller()?;
    let ScreenBody { number, admitted, reason } = ask.json()?;
    let input = Screen { number, admitted, reason };
    Ok(changed(ask.site.app.screen(&caller, id.evaluation(), input).await?))
}

/// Draws the lots from the seed that was committed to, and reveals it.
#[utoipa::path(
    post,
    path = "/api/v1/evaluations/{id}/draw",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path)),
    request_body = Nothing,
    responses((status = 200, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn draw(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::RunEvaluation)?;
    let caller = ask.caller()?;
    let Nothing {} = ask.json()?;
    Ok(changed(ask.site.app.draw_lots(&caller, id.evaluation()).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OpenBody {
    /// Until then tokens are drawn; ballots are written afterwards. Required.
    drawing_until: Option<String>,
    /// Required.
    voting_until: Option<String>,
}

/// Opens the vote, with a key of its own.
#[utoipa::path(
    post,
    path = "/api/v1/evaluations/{id}/open",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path)),
    request_body = OpenBody,
    responses((status = 200, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn open(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::RunEvaluation)?;
    let caller = ask.caller()?;
    let OpenBody { drawing_until, voting_until } = ask.json()?;
    let input = OpenEvaluation { drawing_until, voting_until };
    Ok(changed(ask.site.app.open_evaluation(&caller, id.evaluation(), input).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EndBody {
    /// `drawing` or `voting`, which ends both. Required.
    phase: Option<String>,
}

/// Ends drawing, or voting, before its time.
#[utoipa::path(
    post,
    path = "/api/v1/evaluations/{id}/end",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path)),
    request_body = EndBody,
    responses((status = 200, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn end(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::RunEvaluation)?;
    let caller = ask.caller()?;
    let EndBody { phase } = ask.json()?;
    Ok(changed(ask.site.app.end_evaluation(&caller, id.evaluation(), EndEvaluation { phase }).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallOffBody {
    /// Public. Required.
    reason: Option<String>,
}

/// Calls an evaluation off before there is a vote. Its occasion can be announced anew.
#[utoipa::path(
    post,
    path = "/api/v1/evaluations/{id}/call-off",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path)),
    request_body = CallOffBody,
    responses((status = 200, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn call_off(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::RunEvaluation)?;
    let caller = ask.caller()?;
    let CallOffBody { reason } = ask.json()?;
    Ok(changed(ask.site.app.call_off(&caller, id.evaluation(), CallOff { reason }).await?))
}

/// Counts the ballots and closes the evaluation.
#[utoipa::path(
    post,
    path = "/api/v1/evaluations/{id}/close",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path)),
    request_body = Nothing,
    responses((status = 200, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn close(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::RunEvaluation)?;
    let caller = ask.caller()?;
    let Nothing {} = ask.json()?;
    Ok(changed(ask.site.app.close_evaluation(&caller, id.evaluation()).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SendBackBody {
    /// Id or number of a closed request. Required.
    request: Option<String>,
    /// `not_done` or `perfunctory`. Required.
    why: Option<String>,
    note: Option<String>,
}

/// 回炉: sends a closed request back to triage (R20, R22).
#[utoipa::path(
    post,
    path = "/api/v1/evaluations/{id}/send-back",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path)),
    request_body = SendBackBody,
    responses((status = 200, body = Changed), Refused),
    security(("token" = [])),
)]
pub(super) async fn send_back(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::RunEvaluation)?;
    let caller = ask.caller()?;
    let SendBackBody { request, why, note } = ask.json()?;
    let input = SendBack { request, why, note };
    Ok(changed(ask.site.app.send_back(&caller, id.evaluation(), input).await?))
}
