//! 办结: the result, with an answer to the resident (R6).

use axum::response::Response;
use sandan_app::{Action, Complete};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CompleteBody)]
pub(super) struct Body {
    /// To the resident, in writing. Required.
    answer: Option<String>,
    /// Solved or not; `true` unless given.
    solved: Option<bool>,
    /// Why not, where it is not solved. Required then.
    unsolved_reason: Option<String>,
}

/// Completes a request with a written answer.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/complete",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn complete(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::Complete, id).await?;
    let Body { answer, solved, unsolved_reason } = body;
    let input = Complete { answer, solved, unsolved_reason };
    let answer = ask.site.app.complete(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
