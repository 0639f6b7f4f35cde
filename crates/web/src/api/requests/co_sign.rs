//! 附议: another resident joins a request, and gets a vote in its next review (R14).

use axum::http::StatusCode;
use axum::response::Response;
use sandan_app::{Action, CoSign, Joined};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::answer;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CoSignBody)]
pub(super) struct Body {
    name: Option<String>,
    /// One phone joins once.
    phone: Option<String>,
    /// Where notices go.
    email: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Joined)]
struct Answer {
    id: uuid::Uuid,
    /// This resident's own key to the request. Shown this once.
    tracking_code: String,
    position: u64,
}

/// Joins a request.
#[utoipa::path(
    post,
    path = "/api/v1/requests/{id}/co-signers",
    tag = "requests",
    params(("id" = uuid::Uuid, Path)),
    request_body = Body,
    responses((status = 201, body = Answer), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn co_sign(Id(id): Id, ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    let Body { name, phone, email } = ask.step(Action::CoSign, id).await?;
    let joined = ask.site.app.co_sign(&ask.caller()?, id, CoSign { name, phone, email }).await?;
    let Joined { request, tracking } = joined.outcome;
    let answer = Answer { id: request.0, tracking_code: tracking.to_string(), position: joined.position };
    Ok(answer::written(StatusCode::CREATED, joined.position, answer))
}
