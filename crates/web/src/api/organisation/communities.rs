//! Communities (社区), one below the other.

use axum::response::Response;
use sandan_app::{Action, Found};
use sandan_views::Sight;
use serde::Deserialize;
use utoipa::ToSchema;

use super::shape::CommunityShape;
use super::{Answer, Query, details, existing, founded};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::list::{self, List};
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = FoundBody)]
pub(super) struct Body {
    /// `a-z 0-9 -`, unique. Required.
    slug: Option<String>,
    /// Required.
    name: Option<String>,
    /// Slug of the community above.
    parent: Option<String>,
}

/// Founds a community.
#[utoipa::path(
    post,
    path = "/api/v1/communities",
    tag = "organisation",
    request_body = Body,
    responses((status = 201, body = Answer), Refused),
    security(("token" = [])),
)]
pub(super) async fn found(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::Found)?;
    let caller = ask.caller()?;
    let Body { slug, name, parent } = ask.json()?;
    Ok(founded(ask.site.app.found_community(&caller, Found { slug, name, parent }).await?))
}

/// Lists communities.
#[utoipa::path(
    get,
    path = "/api/v1/communities",
    tag = "organisation",
    params(Query),
    responses((status = 200, body = List<CommunityShape>), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn list(ask: Ask) -> Result<Response, Problem> {
    let query: Query = ask.query()?;
    let limit = list::limit(query.limit.as_deref())?;
    let only = existing(&ask, query.community.as_deref()).await?;
    let sight = details(&ask).await?;
    let all = ask.site.views.communities(&Sight::All).await?;
    let items = all.into_iter().filter(|community| only.as_ref().is_none_or(|only| community.slug == *only));
    let items = items.map(|community| CommunityShape::of(community, &sight)).collect();
    list::page(items, |item: &CommunityShape| item.slug.clone(), query.cursor.as_deref(), limit)
}
