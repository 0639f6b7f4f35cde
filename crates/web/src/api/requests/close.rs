//! The oversight board alone ends a request after the third rework: counted as dissatisfied (R19).

use axum::response::Response;
use sandan_app::{Action, Close};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CloseBody)]
pub(super) struct Body {
    /// Required.
    reason: Option<String>,
}

/// Closes a request as dissatisfied.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/close",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn close(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::Close, id).await?;
    let Body { reason } = body;
    let input = Close { reason };
    let answer = ask.site.app.close(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
