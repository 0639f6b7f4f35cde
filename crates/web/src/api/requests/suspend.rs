//! 挂起: the clock stands still, with a reason and a date to look again (R11).

use axum::response::Response;
use sandan_app::{Action, Suspend};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SuspendBody)]
pub(super) struct Body {
    /// Required.
    reason: Option<String>,
    /// When to look again: an instant, or a date whose end it is. Required.
    review_on: Option<String>,
}

/// Stops the clock of a request.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/suspend",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn suspend(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::Suspend, id).await?;
    let Body { reason, review_on } = body;
    let input = Suspend { reason, review_on };
    let answer = ask.site.app.suspend(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
