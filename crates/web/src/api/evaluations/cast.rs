//! 匿名评价: a ballot comes in without a name (R21).
//!
//! Nobody is asked who they are here: cookie, token, address and idempotency key are not looked at, nothing is counted by
//! address, and `measure` keeps no line and no span of the call. The voting token is the only right.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sandan_app::{AnswerInput, CastBallot, Casting};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::description::Refused;
use crate::api::id::Id;
use crate::api::json;
use crate::problem::Problem;
use crate::site::Site;
use crate::{api, body};

pub(crate) const ROUTE: &str = "/api/v1/evaluations/{id}/ballots";

/// A ballot of a hundred subjects with every reason has 30 kilobytes.
const BALLOT_BYTES_MAX: usize = 64 * 1024;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BallotBody)]
struct Body {
    /// Required.
    token: Option<String>,
    /// At least one; who is left out is not rated.
    answers: Option<Vec<AnswerBody>>,
    /// Not looked at: it makes all ballots equally long on the line.
    #[serde(rename = "padding")]
    _padding: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BallotAnswerBody)]
struct AnswerBody {
    /// Required.
    subject: Option<String>,
    /// One of the five answers. Required.
    rating: Option<String>,
    /// Of `slow`, `not_done`, `no_answer`, `manner`, `perfunctory`.
    reasons: Option<Vec<String>>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = BallotTaken)]
struct Answer {
    /// `waiting`: taken and not yet in the log, send it again; `recorded`: in the log.
    state: &'static str,
}

/// Casts a ballot. `202` until its batch is in the log: send it again until then; the same again is as good as once.
#[utoipa::path(
    post,
    path = "/api/v1/evaluations/{id}/ballots",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 200, body = Answer), (status = 202, body = Answer), Refused),
    security(()),
)]
pub(super) async fn cast(id: Id, State(site): State<Site>, request: Request) -> Result<Response, Problem> {
    let _place = site.door.place()?;
    let (parts, body) = request.into_parts();
    let bytes = body::read(body, BALLOT_BYTES_MAX).await?;
    if !bytes.is_empty() && !json::is_media_type(&parts.headers) {
        return Err(api::unsupported("application/json"));
    }
    let Body { token, answers, .. } = json::read(if bytes.is_empty() { b"{}" } else { &bytes })?;
    let answer =
        |AnswerBody { subject, rating, reasons }| AnswerInput { subject, rating, reasons: reasons.unwrap_or_default() };
    let answers = answers.unwrap_or_default().into_iter().map(answer).collect();
    Ok(match site.app.cast(id.evaluation(), &CastBallot { token, answers }).await? {
        Casting::Waiting => (StatusCode::ACCEPTED, Json(Answer { state: "waiting" })).into_response(),
        Casting::Recorded => (StatusCode::OK, Json(Answer { state: "recorded" })).into_response(),
    })
}
