//! 退单: a unit hands it back with a reason and its basis (R4).

use axum::response::Response;
use sandan_app::{Action, Return};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ReturnBody)]
pub(super) struct Body {
    /// Required.
    reason: Option<String>,
    /// What it rests on: a law, an agreement, a list of duties. Required.
    basis: Option<String>,
}

/// Hands a request back to the desk.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/return",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn give_back(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::Return, id).await?;
    let Body { reason, basis } = body;
    let input = Return { reason, basis };
    let answer = ask.site.app.give_back(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
