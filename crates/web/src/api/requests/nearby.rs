//! Before filing, a resident is shown open requests nearby and can join one instead (R5).

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_app::Refusal;
use sandan_domain::{CommunityId, GridSlug, InputError};
use serde::Deserialize;

use super::filter::category;
use super::shape::NearbyShape;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::list::List;
use crate::problem::Problem;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// Slug. Required.
    community: Option<String>,
    /// Path or name, in Chinese or English; those below it count too.
    category: Option<String>,
    /// Slug.
    grid: Option<String>,
}

/// Lists open requests that a resident could join, with nobody's own words.
#[utoipa::path(
    get,
    path = "/api/v1/requests/nearby",
    tag = "requests",
    params(Query),
    responses((status = 200, body = List<NearbyShape>), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn nearby(ask: Ask) -> Result<Response, Problem> {
    let query: Query = ask.query()?;
    let slug = query.community.ok_or_else(|| Refusal::field("community", InputError::Missing))?;
    let community: CommunityId = slug.parse().map_err(|error| Refusal::field("community", error))?;
    // Anybody may ask this of any community; it must only exist.
    ask.site.app.who_may_see(&sandan_app::Caller::resident(), &community).await?;
    let category = category(query.category.as_deref())?;
    let grid: Option<GridSlug> =
        query.grid.as_deref().map(str::parse).transpose().map_err(|error| Refusal::field("grid", error))?;
    let items = ask.site.views.nearby(&community, category.as_ref(), grid.as_ref()).await?;
    Ok(Json(List { items, next_cursor: None }).into_response())
}
