//! The score sheet of a year.

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_app::{Action, Refusal};
use sandan_domain::InputError;
use sandan_domain::scoring::Scorebook;
use serde::Deserialize;

use super::shape::{Shape, shape};
use crate::api::ask::Ask;
use crate::api::description::Refused;
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
    let community = reach::community(&ask, community.as_deref()).await?;
    let community = community.ok_or_else(|| Refusal::field("community", InputError::Missing))?;
    let year = year.ok_or(InputError::Missing).and_then(|year| {
        let (min, max) = Scorebook::YEARS;
        let fits = year.trim().parse().ok().filter(|year| (min..=max).contains(year));
        fits.ok_or(InputError::OutOfRange { min: min.into(), max: max.into() })
    });
    let year = year.map_err(|error| Refusal::field("year", error))?;
    let year = scores::year(&ask.site, &reach::sight(&ask).await?, &community, year).await?;
    Ok(Json(shape(&community, &year)).into_response())
}
