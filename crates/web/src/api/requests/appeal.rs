//! 申诉: a unit appeals a ballot as mistaken or malicious (R19a).

use axum::response::Response;
use sandan_app::{Action, Appeal};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AppealBody)]
pub(super) struct Body {
    /// The ballot's name, as the request's `reasons` give it. Required.
    ballot: Option<String>,
    /// `mistaken` or `malicious`. Required.
    ground: Option<String>,
    /// Required.
    reason: Option<String>,
}

/// Appeals a ballot of the round that ended last. It stays on record; rates are shown with and without it.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/appeals",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn appeal(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::Appeal, id).await?;
    let Body { ballot, ground, reason } = body;
    let input = Appeal { ballot, ground, reason };
    let answer = ask.site.app.appeal(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
