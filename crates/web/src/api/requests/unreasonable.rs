//! A unit says that a request is beyond law or reason (R6b).

use axum::response::Response;
use sandan_app::{Action, ProposeUnreasonable};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UnreasonableBody)]
pub(super) struct Body {
    /// Required.
    reason: Option<String>,
    /// The law or the rule. Required.
    basis: Option<String>,
}

/// Proposes that the request is beyond law or reason. It goes on being worked on, and gets its answer.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/unreasonable",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn unreasonable(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::ProposeUnreasonable, id).await?;
    let Body { reason, basis } = body;
    let input = ProposeUnreasonable { reason, basis };
    let answer = ask.site.app.propose_unreasonable(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
