//! Every number opens into its rows: the requests that it counts.

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_app::{Action, Refusal};
use sandan_domain::InputError;
use sandan_views::{RateRows, Side, Which};
use serde::Deserialize;

use super::query::{self, Asked, Texts};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::list::{self, List};
use crate::api::reach;
use crate::api::requests::RowShape;
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
    /// Recorded time: as it stood then.
    as_of: Option<String>,
    /// As the rates were grouped.
    by: Option<String>,
    /// With `by`: which group; without it those that belong to none.
    group: Option<String>,
    /// `response`, `resolution`, `satisfaction`, `on_time` or `rework`. Required.
    which: Option<String>,
    /// `numerator`, or `denominator` unless given.
    side: Option<String>,
    /// `unreasonable` or `appealed`: the rows of the rates without those.
    without: Option<String>,
    cursor: Option<String>,
    /// 50 unless given, at most 500.
    limit: Option<String>,
}

/// Lists the requests behind one number of the rates.
#[utoipa::path(
    get,
    path = "/api/v1/rates/rows",
    tag = "rates",
    params(Query),
    responses((status = 200, body = List<RowShape>), Refused),
    security(("token" = [])),
)]
pub(super) async fn rows(ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::See)?;
    let asked: Query = ask.query()?;
    let (community, from, to) = (asked.community.as_deref(), asked.from.as_deref(), asked.to.as_deref());
    let (as_of, by) = (asked.as_of.as_deref(), asked.by.as_deref());
    let Asked { query, views } = query::read(&ask, Texts { community, from, to, as_of, by }).await?;
    let cursor = list::cursor(asked.cursor.as_deref())?;
    let limit = list::limit(asked.limit.as_deref())?;
    let which = query::word("which", asked.which.as_deref(), &Which::ALL.map(Which::name))?;
    let which = which.ok_or_else(|| Refusal::field("which", InputError::Missing))?;
    let side = side(asked.side.as_deref())?;
    let without = query::word("without", asked.without.as_deref(), &["unreasonable", "appealed"])?;
    let rows = RateRows { query, group: asked.group, which, side, without };
    let page = views.rate_rows(&reach::sight(&ask).await?, &rows, cursor, limit).await?;
    Ok(Json(page).into_response())
}

fn side(text: Option<&str>) -> Result<Side, Problem> {
    match text {
        None | Some("denominator") => Ok(Side::Denominator),
        Some("numerator") => Ok(Side::Numerator),
        Some(_) => Err(Problem::no_such_word("side", &["denominator", "numerator"])),
    }
}
