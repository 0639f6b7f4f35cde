//! The hotline rang somebody up whom no channel reaches (R18).

use axum::response::Response;
use sandan_app::{Action, Call};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CallBody)]
pub(super) struct Body {
    /// The signer's id, as the call list gives it; or their `phone`.
    person: Option<String>,
    phone: Option<String>,
    /// `reached`, `no_answer`, `wrong_number` or `declined`. Required.
    outcome: Option<String>,
    note: Option<String>,
}

/// Records what came of a call. A call is no ballot.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/calls",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn call(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::Call, id).await?;
    let Body { person, phone, outcome, note } = body;
    let input = Call { person, phone, outcome, note };
    let answer = ask.site.app.record_call(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
