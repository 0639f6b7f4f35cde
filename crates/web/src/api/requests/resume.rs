//! The clock of a suspended request runs on (R11).

use axum::response::Response;
use sandan_app::Action;

use crate::api::Nothing;
use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

/// Lets the clock of a request run on.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/resume",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Nothing,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn resume(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let Nothing {} = ask.step(Action::Resume, id).await?;
    let answer = ask.site.app.resume(&ask.caller()?, id).await;
    Ok(answer::step(ask.told(answer)?))
}
