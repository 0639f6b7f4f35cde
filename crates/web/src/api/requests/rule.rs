//! 审定: after the second return the committee rules, and the ruling binds (R4).

use axum::response::Response;
use sandan_app::{Action, Rule};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RuleBody)]
pub(super) struct Body {
    /// The unit that must take it; without it the desk keeps it.
    unit: Option<String>,
    /// For all to read.
    reason: Option<String>,
}

/// Rules on a request that was returned twice.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/rule",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn rule(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::Rule, id).await?;
    let Body { unit, reason } = body;
    let input = Rule { unit, reason };
    let answer = ask.site.app.rule(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
