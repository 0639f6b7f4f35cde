//! 复核: somebody independent decides an appeal (R19a).

use axum::response::Response;
use sandan_app::{Action, DecideAppeal};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AppealDecisionBody)]
pub(super) struct Body {
    /// The ballot's name. Required.
    ballot: Option<String>,
    /// Required.
    upheld: Option<bool>,
    /// Required.
    reason: Option<String>,
}

/// Decides an appeal. Whoever belongs to the unit does not.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/appeal-decisions",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn decide_appeal(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::DecideAppeal, id).await?;
    let Body { ballot, upheld, reason } = body;
    let input = DecideAppeal { ballot, upheld, reason };
    let answer = ask.site.app.decide_appeal(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
