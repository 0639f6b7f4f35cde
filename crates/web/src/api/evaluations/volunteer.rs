//! 自愿报名: signing up, and how that stands.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sandan_app::{Action, Volunteer, VolunteerLine};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::answer;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::api::list::List;
use crate::lookup;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = VolunteerBody)]
pub(super) struct Body {
    /// Required.
    name: Option<String>,
    /// One phone signs up once. Required.
    phone: Option<String>,
    /// Where they are invited to the vote.
    email: Option<String>,
    /// Slug of the unit that they work for: nobody rates their own (R14).
    works_for: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Volunteered)]
struct Answer {
    id: uuid::Uuid,
    /// This volunteer's own key to the evaluation. Shown this once.
    tracking_code: String,
    /// Lots are drawn among numbers.
    number: u32,
    position: u64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = VolunteerLine)]
struct Line {
    number: u32,
    name: Option<String>,
    phone: Option<String>,
    /// `waiting`, `admitted` or `refused`.
    screening: &'static str,
    /// Of a refusal.
    reason: Option<String>,
    chosen: bool,
    /// A token was drawn; of the ballot nothing is known.
    token: bool,
}

fn line(line: VolunteerLine) -> Line {
    let VolunteerLine { number, name, phone, screening, reason, chosen, token, .. } = line;
    Line { number, name, phone, screening: screening.name(), reason, chosen, token }
}

/// Signs up. The code is the right to a token, so it is told to nobody else.
#[utoipa::path(
    post,
    path = "/api/v1/evaluations/{id}/volunteers",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 201, body = Answer), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn sign_up(id: Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::Volunteer)?;
    let caller = ask.caller()?;
    let Body { name, phone, email, works_for } = ask.json()?;
    let input = Volunteer { name, phone, email, works_for };
    let receipt = ask.site.app.sign_up(&caller, id.evaluation(), input).await?;
    let position = receipt.position;
    let (code, number) = (receipt.outcome.code.to_string(), receipt.outcome.number);
    let answer = Answer { id: receipt.outcome.evaluation.0, tracking_code: code, number, position };
    Ok(answer::written(StatusCode::CREATED, position, answer))
}

/// All volunteers, for the committee that screens them.
#[utoipa::path(
    get,
    path = "/api/v1/evaluations/{id}/volunteers",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = List<Line>), Refused),
    security(("token" = [])),
)]
pub(super) async fn list(id: Id, ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::RunEvaluation)?;
    let lines = ask.site.app.volunteers(&ask.who.caller, id.evaluation()).await?;
    let items: Vec<Line> = lines.into_iter().map(line).collect();
    Ok(Json(List { items, next_cursor: None }).into_response())
}

/// How one's own volunteering stands, by the code.
#[utoipa::path(
    get,
    path = "/api/v1/evaluations/{id}/volunteer",
    tag = "evaluations",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Line), Refused),
    security(()),
)]
pub(super) async fn mine(id: Id, ask: Ask) -> Result<Response, Problem> {
    let person = lookup::volunteer(&ask.site, &ask.who, ask.code().as_deref(), id.evaluation()).await?;
    Ok(Json(line(ask.site.app.volunteer(id.evaluation(), person).await?)).into_response())
}
