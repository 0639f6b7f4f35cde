//! Whose telephones belong to a unit's staff: nobody votes on their own work (R14).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use sandan_app::{Action, KeepMember};
use sandan_domain::{CommunityId, UnitId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::answer;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::faults::Faults;
use crate::api::list::{List, required};
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = UnitMemberBody)]
pub(super) struct Body {
    /// Slug. Required.
    community: Option<String>,
    /// Slug. Required.
    unit: Option<String>,
    /// Required, except where `person` says who leaves. Only a keyed hash of it is kept.
    phone: Option<String>,
    /// Of whoever leaves, as the list names them.
    person: Option<String>,
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
    let Body { community, unit, phone, person, leaves } = ask.json()?;
    let kept = ask.site.app.keep_member(&caller, KeepMember { community, unit, phone, person, leaves }).await?;
    let answer = Answer { unit: kept.outcome.unit, position: kept.position };
    Ok(answer::written(StatusCode::OK, kept.position, answer))
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// Slug. Required.
    community: Option<String>,
    /// Slug. Required.
    unit: Option<String>,
}

/// Somebody whose telephone is on the list. The number itself is not kept.
#[derive(Serialize, ToSchema)]
#[schema(as = UnitMember)]
struct Shape {
    person: Uuid,
}

/// Lists whose telephones are a unit's staff's.
#[utoipa::path(
    get,
    path = "/api/v1/unit-members",
    tag = "organisation",
    params(Query),
    responses((status = 200, body = List<Shape>), Refused),
    security(("token" = [])),
)]
pub(super) async fn list(ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::KeepMembers)?;
    let Query { community, unit } = ask.query()?;
    let mut faults = Faults::default();
    let community = faults.note(required("community", community.as_deref()).map(Some));
    let unit = faults.note(required("unit", unit.as_deref()).map(Some));
    let named = faults.or(community.zip(unit))?;
    let (community, unit): (CommunityId, UnitId) = named.ok_or_else(Problem::not_found)?;
    let members = ask.site.app.members(&ask.who.caller, &community, &unit).await?;
    let items = members.into_iter().map(|person| Shape { person: person.0 }).collect();
    Ok(Json(List { items, next_cursor: None }).into_response())
}
