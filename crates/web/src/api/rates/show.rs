//! The rates of a period.

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_app::Action;
use sandan_views::RatesRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::query::{self, Asked, Texts};
use super::shape::{RatesShape, RowShape};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::list::List;
use crate::api::reach;
use crate::problem::Problem;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// Slug; those below it count too.
    community: Option<String>,
    /// Filed from this time or date on.
    from: Option<String>,
    /// Filed before this time or date.
    to: Option<String>,
    /// Recorded time: as it stood then. A past that was not asked for lately is folded from the log, which takes a while.
    as_of: Option<String>,
    /// `unit`, `grid`, `category` or `channel`: a list by group.
    by: Option<String>,
}

/// One answer, or with `by` a list of them.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = Rates)]
#[allow(dead_code)]
enum Answer {
    All(Box<RatesShape>),
    By(List<RowShape>),
}

/// Shows the rates of the requests filed in a period.
#[utoipa::path(
    get,
    path = "/api/v1/rates",
    tag = "rates",
    params(Query),
    responses((status = 200, body = Answer), Refused),
    security(("token" = [])),
)]
pub(super) async fn show(ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::See)?;
    let Query { community, from, to, as_of, by } = ask.query()?;
    let (community, from, to, as_of, by) =
        (community.as_deref(), from.as_deref(), to.as_deref(), as_of.as_deref(), by.as_deref());
    let Asked { query, views } = query::read(&ask, Texts { community, from, to, as_of, by }).await?;
    let rows = views.rates(&reach::sight(&ask).await?, &query).await?;
    if query.by.is_some() {
        return Ok(Json(List { items: rows, next_cursor: None }).into_response());
    }
    let row: RatesRow = rows.into_iter().next().unwrap_or_default();
    Ok(Json(RatesShape::of(&row)).into_response())
}
