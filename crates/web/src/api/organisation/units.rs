//! Member units (成员单位) and what they offer.

use axum::response::Response;
use sandan_app::{Action, RegisterUnit, ResourceLine};
use sandan_views::Sight;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::shape::UnitShape;
use super::{Answer, Query, details, existing, founded};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::list::{self, List};
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RegisterUnitBody)]
pub(super) struct Body {
    /// `a-z 0-9 -`, unique in the community. Required.
    slug: Option<String>,
    /// Slug. Required.
    community: Option<String>,
    /// Required.
    name: Option<String>,
    /// Paths or names of what it takes on; none: anything.
    categories: Option<Vec<String>>,
    /// Slugs of where it works; none: everywhere.
    grids: Option<Vec<String>>,
    /// Most requests that it works on at once; without: as many as come.
    capacity: Option<i64>,
    /// 资源清单 (R28).
    resources: Option<Vec<ResourceBody>>,
}

/// One line of the resource list.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Resource)]
pub(super) struct ResourceBody {
    /// `people`, `room`, `skill`, `money` or `time`.
    pub kind: Option<String>,
    pub name: Option<String>,
}

/// Registers a unit.
#[utoipa::path(
    post,
    path = "/api/v1/units",
    tag = "organisation",
    request_body = Body,
    responses((status = 201, body = Answer), Refused),
    security(("token" = [])),
)]
pub(super) async fn register(ask: Ask) -> Result<Response, Problem> {
    let _place = ask.place()?;
    ask.permit(Action::RegisterUnit)?;
    let caller = ask.caller()?;
    Ok(founded(ask.site.app.register_unit(&caller, input(ask.json()?)).await?))
}

fn input(body: Body) -> RegisterUnit {
    let Body { slug, community, name, categories, grids, capacity, resources } = body;
    let line = |ResourceBody { kind, name }| ResourceLine { kind, name };
    RegisterUnit {
        slug,
        community,
        name,
        categories: categories.unwrap_or_default(),
        grids: grids.unwrap_or_default(),
        capacity,
        resources: resources.unwrap_or_default().into_iter().map(line).collect(),
    }
}

/// Lists units.
#[utoipa::path(
    get,
    path = "/api/v1/units",
    tag = "organisation",
    params(Query),
    responses((status = 200, body = List<UnitShape>), Refused),
    security((), ("token" = [])),
)]
pub(super) async fn list(ask: Ask) -> Result<Response, Problem> {
    let query: Query = ask.query()?;
    let limit = list::limit(query.limit.as_deref())?;
    let only = existing(&ask, query.community.as_deref()).await?;
    let sight = details(&ask).await?;
    let all = ask.site.views.units(&Sight::All, only.as_ref()).await?;
    let items = all.into_iter().map(|unit| UnitShape::of(unit, &sight)).collect();
    list::page(items, UnitShape::key, query.cursor.as_deref(), limit)
}
