//! Whose telephones belong to a unit's staff: nobody votes on their own work (R14).

use axum::http::StatusCode;
use axum::response::Response;
use sandan_app::{Action, KeepMember};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::answer;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UnitMemberBody)]
pub(super) struct Body {
    /// Slug. Required.
    community: Option<String>,
    /// Slug. Required.
    unit: Option<String>,
    /// Required. Only a keyed hash of it is kept.
    phone: Option<String>,
    /// They belong to the unit no longer.
    leaves: Option<bool>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = UnitMemberKept)]
struct Answer {
    unit: String,
    position: u64,
}

/// Adds a telephone to a unit's staff, or takes it away. It holds for rounds that open from then on.
#[utoipa::path(
    post,
    path = "/api/v1/unit-members",
    tag = "organisation",
    request_body = Body,
    responses((status = 200, body = Answer), Refused),
    security(("token" = [])),
)]
pub(super) async fn keep(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::KeepMembers)?;
    let caller = ask.caller()?;
    let Body { community, unit, phone, leaves } = ask.json()?;
    let kept = ask.site.app.keep_member(&caller, KeepMember { community, unit, phone, leaves }).await?;
    let answer = Answer { unit: kept.outcome.unit, position: kept.position };
    Ok(answer::written(StatusCode::OK, kept.position, answer))
}
