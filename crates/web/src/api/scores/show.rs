//! The score sheet of a year.

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_app::{Action, Refusal};
use sandan_domain::scoring::{EntryFilter, Scorebook, Year};
use sandan_domain::{CommunityId, InputError};
use sandan_views::first_page;
use serde::Deserialize;

use super::shape::{EntryShape, Shape, row, shape};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::list::{self, List};
use crate::api::reach;
use crate::problem::Problem;
use crate::scores;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// Slug. Required.
    community: Option<String>,
    /// Such as `2026`. Required.
    year: Option<String>,
}

/// Shows how the community rates its units and the units the community, with every input.
#[utoipa::path(
    get,
    path = "/api/v1/scores",
    tag = "scores",
    params(Query),
    responses((status = 200, body = Shape), Refused),
    security(("token" = [])),
)]
pub(super) async fn show(ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::See)?;
    let Query { community, year } = ask.query()?;
    let (community, year) = of(&ask, community.as_deref(), year.as_deref()).await?;
    Ok(Json(shape(&community, &year)).into_response())
}

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct EntriesQuery {
    /// Slug. Required.
    community: Option<String>,
    /// Such as `2026`. Required.
    year: Option<String>,
    /// Slug: the entries of one unit alone.
    unit: Option<String>,
    /// Somebody's number within the unit.
    member: Option<String>,
    cursor: Option<String>,
    /// 50 unless given, at most 500.
    limit: Option<String>,
}

/// Lists the rows behind the hours, the newest entry first.
#[utoipa::path(
    get,
    path = "/api/v1/scores/entries",
    tag = "scores",
    params(EntriesQuery),
    responses((status = 200, body = List<EntryShape>), Refused),
    security(("token" = [])),
)]
pub(super) async fn entries(ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::See)?;
    let EntriesQuery { community, year, unit, member, cursor, limit } = ask.query()?;
    let (community, year) = of(&ask, community.as_deref(), year.as_deref()).await?;
    let limit = list::limit(limit.as_deref())?;
    let unit = unit.map(|unit| unit.trim().parse()).transpose().map_err(|error| Refusal::field("unit", error))?;
    if let Some(unit) = &unit {
        ask.site.app.unit_in("unit", &community, unit).await?;
    }
    let member = number("member", member.as_deref())?;
    let before = number("cursor", cursor.as_deref())?;
    let which = EntryFilter { unit, member, before };
    let rows = year.entries(&which).map(|(number, entry)| row(&year, number, entry));
    let (items, next_cursor) = first_page(rows, limit, |last: &EntryShape| last.entry.to_string());
    Ok(Json(List { items, next_cursor }).into_response())
}

fn number(field: &str, text: Option<&str>) -> Result<Option<usize>, Problem> {
    let number = text.map(|text| text.trim().parse().ok().filter(|number| *number > 0).ok_or(())).transpose();
    let (min, max) = (1, Scorebook::ENTRIES_MAX.into());
    Ok(number.map_err(|()| Refusal::field(field, InputError::OutOfRange { min, max }))?)
}

/// The year that the caller asks about.
async fn of(ask: &Ask, community: Option<&str>, year: Option<&str>) -> Result<(CommunityId, Year), Problem> {
    let community = reach::community(ask, community).await?;
    let community = community.ok_or_else(|| Refusal::field("community", InputError::Missing))?;
    let year = year.ok_or(InputError::Missing).and_then(|year| {
        let (min, max) = Scorebook::YEARS;
        let fits = year.trim().parse().ok().filter(|year| (min..=max).contains(year));
        fits.ok_or(InputError::OutOfRange { min: min.into(), max: max.into() })
    });
    let year = year.map_err(|error| Refusal::field("year", error))?;
    let year = scores::year(&ask.site, &reach::sight(ask).await?, &community, year).await?;
    Ok((community, year))
}
