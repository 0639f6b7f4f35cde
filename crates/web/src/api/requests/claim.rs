//! 认领: a unit takes it. In the pool the first claim wins (R3).

use axum::response::Response;
use sandan_app::Action;

use crate::api::Nothing;
use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

/// Takes a request.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/claim",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Nothing,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn claim(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let Nothing {} = ask.step(Action::Claim, id).await?;
    let answer = ask.site.app.claim(&ask.caller()?, id).await;
    Ok(answer::step(ask.told(answer)?))
}
