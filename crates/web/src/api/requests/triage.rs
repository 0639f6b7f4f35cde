//! 研判: the desk accepts, rejects with a reason, or merges into an earlier request.

use axum::response::Response;
use sandan_app::{Action, Triage};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TriageBody)]
pub(super) struct Body {
    /// `accept`, `reject` or `merge`. Required.
    decision: Option<String>,
    /// Required to reject.
    reason: Option<String>,
    /// With `merge`: the id of the request that survives.
    into: Option<String>,
    /// A path or name, in Chinese or English.
    category: Option<String>,
    /// `normal` or `urgent`.
    urgency: Option<String>,
    /// The desk's own words, the only ones shown in public (R5).
    public_title: Option<String>,
}

/// Accepts, rejects or merges a request.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/triage",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn triage(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::Triage, id).await?;
    let Body { decision, reason, into, category, urgency, public_title } = body;
    let input = Triage { decision, reason, into, category, urgency, public_title };
    let answer = ask.site.app.triage(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
