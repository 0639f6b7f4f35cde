//! A ballot on paper or by telephone, written down by the hotline or the committee (R14).

use axum::response::Response;
use sandan_app::{Action, EnterBallot, Rate};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::answer::{self, StepTaken};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = EnteredBallotBody)]
pub(super) struct Body {
    /// The signer's id, as `GET …/signers` gives it; or their `phone`.
    person: Option<String>,
    /// The telephone that they filed or joined with.
    phone: Option<String>,
    /// `phone` or `paper`. Required.
    via: Option<String>,
    /// As in `POST …/ratings`. Required.
    rating: Option<String>,
    reason: Option<String>,
    dispatch_wrong: Option<bool>,
    reasons: Option<Vec<String>>,
    remedy: Option<String>,
}

/// Enters a ballot for a resident, marked as entered. It does not take the place of one that they cast themselves.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/entered-ballots",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = StepTaken), Refused),
    security(("token" = [])),
)]
pub(super) async fn enter_ballot(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let body: Body = ask.step(Action::EnterBallot, id).await?;
    let Body { person, phone, via, rating, reason, dispatch_wrong, reasons, remedy } = body;
    let ballot =
        Rate { rating, reason, dispatch_wrong, reasons: reasons.unwrap_or_default(), remedy, ..Rate::default() };
    let input = EnterBallot { person, phone, via, ballot };
    let answer = ask.site.app.enter_ballot(&ask.caller()?, id, input).await;
    Ok(answer::step(ask.told(answer)?))
}
