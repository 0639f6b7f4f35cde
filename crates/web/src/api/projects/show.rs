//! Looking at projects: everybody may.

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_domain::{CommunityId, InputError};
use serde::Deserialize;

use super::shape::{Shape, shape};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::api::list::{self, List};
use crate::problem::Problem;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// Slug. Required.
    community: Option<String>,
    cursor: Option<String>,
    limit: Option<String>,
}

/// A community's projects, by name.
#[utoipa::path(
    get,
    path = "/api/v1/projects",
    tag = "projects",
    params(Query),
    responses((status = 200, body = List<Shape>), Refused),
    security(()),
)]
pub(super) async fn list(ask: Ask) -> Result<Response, Problem> {
    let Query { community, cursor, limit } = ask.query()?;
    let community: Result<CommunityId, InputError> =
        community.ok_or(InputError::Missing).and_then(|slug| slug.trim().parse());
    let community = community.map_err(|error| sandan_app::Refusal::field("community", error))?;
    let now = ask.site.app.clock().now();
    let found = ask.site.app.projects(&community).await?;
    let items: Vec<Shape> = found.iter().map(|(id, plan)| shape(*id, plan, now)).collect();
    list::page(items, |item| item.name.clone(), cursor.as_deref(), list::limit(limit.as_deref())?)
}

/// One project as it stands.
#[utoipa::path(
    get,
    path = "/api/v1/projects/{id}",
    tag = "projects",
    params(("id" = uuid::Uuid, Path)),
    responses((status = 200, body = Shape), Refused),
    security(()),
)]
pub(super) async fn show(id: Id, ask: Ask) -> Result<Response, Problem> {
    let plan = ask.site.app.project(id.project()).await?;
    Ok(Json(shape(id.project(), &plan, ask.site.app.clock().now())).into_response())
}
