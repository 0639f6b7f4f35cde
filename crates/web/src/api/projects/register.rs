//! Residents register for a project's review, beside those whose requests it serves (R14).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sandan_app::{Action, Register, RegisteredLine};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::answer;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::api::list::List;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RegisterBody)]
pub(super) struct Body {
    /// Required.
    name: Option<String>,
    /// One phone registers once. Required.
    phone: Option<String>,
    /// Where they are invited to the vote.
    email: Option<String>,
    /// Slug of the unit that they work for: nobody rates their own work (R14).
    works_for: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RegisteredForProject)]
struct Answer {
    id: uuid::Uuid,
    /// It draws a token in every round of the review. Shown this once.
    tracking_code: String,
    position: u64,
}

/// Registers. Who comes while a round is voted on votes in the next.
#[utoipa::path(
    post,
    path = "/api/v1/projects/{id}/registrations",
    tag = "projects",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 201, body = Answer), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn register(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::Register)?;
    let caller = ask.caller()?;
    let Body { name, phone, email, works_for } = ask.json()?;
    let input = Register { name, phone, email, works_for };
    let receipt = ask.site.app.register_for(&caller, id.project(), input).await?;
    let position = receipt.position;
    let (id, tracking_code) = (receipt.outcome.project.0, receipt.outcome.code.to_string());
    Ok(answer::written(StatusCode::CREATED, position, Answer { id, tracking_code, position }))
}

#[derive(Serialize, ToSchema)]
#[schema(as = RegisteredLine)]
struct Line {
    name: Option<String>,
    phone: Option<String>,
    /// A token of the round that is voted on was drawn; of the ballot nothing is known.
    token: bool,
}

/// All who registered, for the committee that may have to invite them once more.
#[utoipa::path(
    get,
    path = "/api/v1/projects/{id}/registrations",
    tag = "projects",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = List<Line>), Refused),
    security(("token" = [])),
)]
pub(super) async fn list(id: Id, ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::RunProject)?;
    let lines = ask.site.app.registered(&ask.who.caller, id.project()).await?;
    let line = |RegisteredLine { name, phone, token, .. }| Line { name, phone, token };
    let items: Vec<Line> = lines.into_iter().map(line).collect();
    Ok(Json(List { items, next_cursor: None }).into_response())
}
