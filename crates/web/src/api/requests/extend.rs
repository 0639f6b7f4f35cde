//! More time, once: asked for by the unit before the deadline, granted by a supervisor (R11).

use axum::response::Response;
use sandan_app::{Action, Extend};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ExtendBody)]
pub(super) struct Body {
    /// Why. Required of the unit.
    reason: Option<String>,
    /// Until when: an instant, or a date whose end it is.
    until: Option<String>,
}

/// Asks for more time, or grants it.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/extend",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn extend(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::Extend, id).await?;
    let Body { reason, until } = body;
    let input = Extend { reason, until };
    let answer = ask.site.app.extend(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
