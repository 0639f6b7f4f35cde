//! Looking at projects: everybody may.

use axum::Json;
use axum::response::{IntoResponse, Response};

use super::shape::{Shape, shape};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::api::list::{self, CommunityQuery, List};
use crate::problem::Problem;

/// A community's projects, by name.
#[utoipa::path(
    get,
    path = "/api/v1/projects",
    tag = "projects",
    params(CommunityQuery),
    responses((status = 200, body = List<Shape>), Refused),
    security(()),
)]
pub(super) async fn list(ask: Ask) -> Result<Response, Problem> {
    let query: CommunityQuery = ask.query()?;
    let community = query.community()?;
    let now = ask.site.app.clock().now();
    ask.site.app.place("community", &community).await?;
    let found = ask.site.app.projects(&community).await?;
    let items: Vec<Shape> = found.iter().map(|(id, plan)| shape(*id, plan, now)).collect();
    list::page(items, |item| item.name.clone(), query.cursor.as_deref(), list::limit(query.limit.as_deref())?)
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
