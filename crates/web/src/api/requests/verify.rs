//! 核查: somebody other than the handler confirms on site (R6a).

use axum::response::Response;
use sandan_app::{Action, Verify};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = VerifyBody)]
pub(super) struct Body {
    /// Whether the work was found done; `true` unless given.
    confirmed: Option<bool>,
    /// What was seen.
    note: Option<String>,
}

/// Confirms completed work, or does not.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/verify",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn verify(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::Verify, id).await?;
    let Body { confirmed, note } = body;
    let input = Verify { confirmed, note };
    let answer = ask.site.app.verify(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
