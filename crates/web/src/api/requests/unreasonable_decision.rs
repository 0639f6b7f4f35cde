//! Somebody independent decides whether a request is beyond law or reason (R6b).

use axum::response::Response;
use sandan_app::{Action, DecideUnreasonable};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UnreasonableDecisionBody)]
pub(super) struct Body {
    /// Required.
    upheld: Option<bool>,
    /// Required.
    reason: Option<String>,
}

/// Decides it. Upheld, rates are shown with and without the request.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/unreasonable-decision",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn unreasonable_decision(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::DecideUnreasonable, id).await?;
    let Body { upheld, reason } = body;
    let input = DecideUnreasonable { upheld, reason };
    let answer = ask.site.app.decide_unreasonable(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
