//! Questions about honours, for anybody.

use axum::Json;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::shape::Shape;
use crate::api::Nothing;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::id::Id;

use crate::api::list::{self, List};
use crate::problem::Problem;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// Slug; those below it too.
    community: Option<String>,
    cursor: Option<String>,
    /// 50 unless given, at most 500.
    limit: Option<String>,
}

/// Lists communities' opinions of units, the newest question first.
#[utoipa::path(
    get,
    path = "/api/v1/honours",
    tag = "honours",
    params(Query),
    responses((status = 200, body = List<Shape>), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn list(ask: Ask) -> Result<Response, Problem> {
    let Query { community, cursor, limit } = ask.query()?;
    let limit = list::limit(limit.as_deref())?;
    let community = community.as_deref().map(str::parse).transpose();
    let community = community.map_err(|error| sandan_app::Refusal::field("community", error))?;
    let items = ask.site.views.honours(community.as_ref()).await?;
    list::page(items, |view| format!("{}/{}", view.asked_at, view.id), cursor.as_deref(), limit)
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
