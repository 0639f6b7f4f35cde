//! Questions about honours, for anybody.

use axum::Json;
use axum::response::{IntoResponse, Response};

use super::shape::Shape;
use crate::api::Nothing;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;
use crate::api::list::{self, CommunitiesQuery, List};
use crate::problem::Problem;

/// Lists communities' opinions of units, in the order in which they were asked for.
#[utoipa::path(
    get,
    path = "/api/v1/honours",
    tag = "honours",
    params(CommunitiesQuery),
    responses((status = 200, body = List<Shape>), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn list(ask: Ask) -> Result<Response, Problem> {
    let query: CommunitiesQuery = ask.query()?;
    let limit = list::limit(query.limit.as_deref())?;
    let community = query.community(&ask).await?;
    let items = ask.site.views.honours(community.as_ref()).await?;
    list::page(items, |view| format!("{}/{}", view.asked_at, view.id), query.cursor.as_deref(), limit)
}

/// Shows one question, the community's opinion with the figures, and what came of it.
#[utoipa::path(
    get,
    path = "/api/v1/honours/{id}",
    tag = "honours",
    params(("id" = Uuid, Path)),
    responses((status = 200, body = Shape), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn show(id: Id, ask: Ask) -> Result<Response, Problem> {
    let Nothing {} = ask.query()?;
    let view = ask.site.views.honour(id.honour()).await?.ok_or_else(Problem::not_found)?;
    Ok(Json(view).into_response())
}
