//! 评单: a resident rates the result, or changes the ballot while the round is open (R14).

use axum::response::Response;
use sandan_app::{Action, Rate};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RateBody)]
pub(super) struct Body {
    /// The resident's key to the request; it may come in the header or the query instead.
    tracking_code: Option<String>,
    /// `very_satisfied`, `satisfied`, `basically_satisfied`, `dissatisfied` or `very_dissatisfied`. Required.
    rating: Option<String>,
    /// Why, in the resident's own words.
    reason: Option<String>,
    /// The dispatch was wrong rather than the work (R20).
    dispatch_wrong: Option<bool>,
    /// Codes of the list of reasons, see `GET /api/v1/ballot-reasons`.
    reasons: Option<Vec<String>>,
    /// What would put it right.
    remedy: Option<String>,
    /// `web` unless given, `kiosk` or `qr`; a kiosk's token is a kiosk without saying so.
    via: Option<String>,
}

/// Rates the result.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/ratings",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn rate(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::Rate, id).await?;
    let Body { tracking_code, rating, reason, dispatch_wrong, reasons, remedy, via } = body;
    let (tracking_code, reasons) = (ask.code().or(tracking_code), reasons.unwrap_or_default());
    let input = Rate { tracking_code, rating, reason, dispatch_wrong, reasons, remedy, via };
    let answer = ask.site.app.rate(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
