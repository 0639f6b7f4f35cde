//! Communities, grids, units and categories: names and slugs for anyone, all of it for the staff who may see it.

mod categories;
mod communities;
mod grids;
mod shape;
mod units;

use axum::http::StatusCode;
use axum::response::Response;
use sandan_app::{Action, Founded, Receipt};
use sandan_views::Sight;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::ask::Ask;
use super::{answer, reach};
use crate::problem::Problem;
use crate::site::Site;

pub(super) fn router() -> OpenApiRouter<Site> {
    OpenApiRouter::new()
        .routes(routes!(communities::list, communities::found))
        .routes(routes!(grids::list, grids::add))
        .routes(routes!(units::list, units::register))
        .routes(routes!(categories::list))
}

/// Of a list of the organisation.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Query {
    /// Slug: only of this community.
    community: Option<String>,
    cursor: Option<String>,
    /// 50 unless given, at most 500.
    limit: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Founded)]
struct Answer {
    slug: String,
    position: u64,
}

fn founded(receipt: Receipt<Founded>) -> Response {
    let position = receipt.position;
    answer::written(StatusCode::CREATED, position, Answer { slug: receipt.outcome.slug, position })
}

/// The communities of which the caller may see more than names and slugs.
async fn details(ask: &Ask) -> Result<Sight, Problem> {
    if ask.who.may(Action::See) { reach::sight(ask).await } else { Ok(Sight::Set(Vec::new())) }
}

/// A community as a filter: anybody may ask for any, but it must exist.
async fn existing(ask: &Ask, slug: Option<&str>) -> Result<Option<sandan_domain::CommunityId>, Problem> {
    let Some(slug) = slug else { return Ok(None) };
    let community = slug.parse().map_err(|error| sandan_app::Refusal::field("community", error))?;
    ask.site.app.who_may_see(&sandan_app::Caller::resident(), &community).await?;
    Ok(Some(community))
}
