//! An evaluation is announced.

use axum::http::StatusCode;
use axum::response::Response;
use sandan_app::{Action, Announce, SubjectInput};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::answer;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AnnounceBody)]
pub(super) struct Body {
    /// Slug. Required.
    community: Option<String>,
    /// `2026-Q4`, or `2026` for a year's appraisal. Required.
    occasion: Option<String>,
    /// Who is rated; a quarter's session rates units only. Required.
    subjects: Option<Vec<SubjectBody>>,
    /// By which volunteers are screened. Required.
    criteria: Option<String>,
    /// How many vote at most; where more are admitted, lots are drawn. Required.
    places: Option<i64>,
    /// A time, or a date, whose last midnight counts. Required.
    sign_up_until: Option<String>,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SubjectBody)]
pub(super) struct SubjectBody {
    /// Of a unit: its slug. Required.
    id: Option<String>,
    /// `unit` (unless said otherwise), `officer` or `worker`.
    kind: Option<String>,
    /// As it stands on the ballot; of a unit what it is called, where nothing else is said.
    name: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Announced)]
struct Answer {
    id: uuid::Uuid,
    position: u64,
}

/// Announces an evaluation: one of each occasion in a community.
#[utoipa::path(
    post,
    path = "/api/v1/evaluations",
    tag = "evaluations",
    request_body = Body,
    responses((status = 201, body = Answer), Refused),
    security(("token" = [])),
)]
pub(super) async fn announce(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::RunEvaluation)?;
    let caller = ask.caller()?;
    let Body { community, occasion, subjects, criteria, places, sign_up_until } = ask.json()?;
    let subject = |SubjectBody { id, kind, name }| SubjectInput { id, kind, name };
    let subjects = subjects.unwrap_or_default().into_iter().map(subject).collect();
    let input = Announce { community, occasion, subjects, criteria, places, sign_up_until };
    let receipt = ask.site.app.announce(&caller, input).await?;
    let (id, position) = (receipt.outcome.evaluation.0, receipt.position);
    Ok(answer::written(StatusCode::CREATED, position, Answer { id, position }))
}
