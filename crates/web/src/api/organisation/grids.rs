//! Grids (网格) of a community.

use axum::response::Response;
use sandan_app::{Action, AddGrid};
use sandan_views::Sight;
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape::GridShape;
use super::{Answer, Query, details, existing, founded};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::list::{self, List};
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AddGridBody)]
pub(super) struct Body {
    /// `a-z 0-9 -`, unique in the community. Required.
    slug: Option<String>,
    /// Slug. Required.
    community: Option<String>,
    /// Required.
    name: Option<String>,
    /// 网格长: who answers for it.
    lead: Option<String>,
}

/// Adds a grid to a community.
#[utoipa::path(
    post,
    path = "/api/v1/grids",
    tag = "organisation",
    request_body = Body,
    responses((status = 201, body = Answer), Refused),
    security(("token" = [])),
)]
pub(super) async fn add(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::AddGrid)?;
    let caller = ask.caller()?;
    let Body { slug, community, name, lead } = ask.json()?;
    Ok(founded(ask.site.app.add_grid(&caller, AddGrid { slug, community, name, lead }).await?))
}

/// Lists grids.
#[utoipa::path(
    get,
    path = "/api/v1/grids",
    tag = "organisation",
    params(Query),
    responses((status = 200, body = List<GridShape>), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn list(ask: Ask) -> Result<Response, Problem> {
    let query: Query = ask.query()?;
    let limit = list::limit(query.limit.as_deref())?;
    let only = existing(&ask, query.community.as_deref()).await?;
    let sight = details(&ask).await?;
    let all = ask.site.views.grids(&Sight::All, only.as_ref()).await?;
    let items = all.into_iter().map(|grid| GridShape::of(grid, &sight)).collect();
    list::page(items, GridShape::key, query.cursor.as_deref(), limit)
}
