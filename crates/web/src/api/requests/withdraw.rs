//! The resident takes the request back, before it is completed.

use axum::response::Response;
use sandan_app::{Action, Withdraw};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WithdrawBody)]
pub(super) struct Body {
    /// The resident's key to the request; it may come in the header or the query instead.
    tracking_code: Option<String>,
    /// Why.
    reason: Option<String>,
}

/// Takes a request back.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/withdraw",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn withdraw(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::Withdraw, id).await?;
    let Body { tracking_code, reason } = body;
    let input = Withdraw { tracking_code: ask.code().or(tracking_code), reason };
    let answer = ask.site.app.withdraw(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
