//! A unit says how far it has got.

use axum::response::Response;
use sandan_app::{Action, Progress};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProgressBody)]
pub(super) struct Body {
    /// Required.
    note: Option<String>,
}

/// Reports progress.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/progress",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn progress(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::Progress, id).await?;
    let Body { note } = body;
    let input = Progress { note };
    let answer = ask.site.app.progress(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
