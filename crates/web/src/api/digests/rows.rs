//! Every number of a digest opens into its rows: the requests that it counts.

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_app::{Action, Refusal};
use sandan_domain::{CommunityId, InputError};
use sandan_views::{By, DigestFigure, DigestPart, DigestRows};
use serde::Deserialize;

use super::show::{Asked, Texts, read};
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::faults::Faults;
use crate::api::list::{self, List};
use crate::api::rates::query::word;
use crate::api::reach;
use crate::api::requests::{BOOLS, RowShape, slug};
use crate::problem::Problem;

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// `daily`, `weekly` or `monthly`; `daily` unless given.
    kind: Option<String>,
    /// A day of the period; of the last whole one unless given.
    date: Option<String>,
    /// Slug; those below it count too.
    community: Option<String>,
    /// Recorded time: as it stood then. At the period's end unless given.
    as_of: Option<String>,
    /// `filed`, `triaged`, `dispatched`, `completed`, `closed`, `returns`, `open` or `overdue`. Required.
    figure: Option<String>,
    /// `true`: of the period before, as the digest of this one tells of it. Not for `open` and `overdue`.
    before: Option<String>,
    /// `category`, `unit`, `grid` or `channel`: of one group.
    by: Option<String>,
    /// With `by`: which group; without it those that belong to none.
    group: Option<String>,
    /// With `by=unit` or `grid`: whose it is; without it any of that slug.
    group_community: Option<String>,
    cursor: Option<String>,
    /// 50 unless given, at most 500.
    limit: Option<String>,
}

/// Lists the requests behind one number of a digest; behind `returns` those that were handed back.
#[utoipa::path(
    get,
    path = "/api/v1/digests/rows",
    tag = "rates",
    params(Query),
    responses((status = 200, body = List<RowShape>), Refused),
    security(("token" = [])),
)]
pub(super) async fn rows(ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::See)?;
    let asked: Query = ask.query()?;
    let (kind, date, as_of) = (asked.kind.as_deref(), asked.date.as_deref(), asked.as_of.as_deref());
    let Asked { query, views } = read(&ask, Texts { kind, date, community: asked.community.as_deref(), as_of }).await?;
    let mut faults = Faults::default();
    let cursor = faults.note(list::cursor(asked.cursor.as_deref()));
    let limit = faults.note(list::limit(asked.limit.as_deref()));
    let figure = faults.note(word::<DigestFigure>(
        "figure",
        asked.figure.as_deref(),
        &DigestFigure::ALL.map(DigestFigure::name),
    ));
    let before = faults.note(word::<bool>("before", asked.before.as_deref(), &BOOLS)).unwrap_or(false);
    let by = faults.note(word::<By>("by", asked.by.as_deref(), &By::ALL.map(By::name)));
    let of = faults.note(slug::<CommunityId>("group_community", asked.group_community.as_deref()));
    let figure = faults.or(figure)?.ok_or_else(|| Refusal::field("figure", InputError::Missing))?;
    if before && figure.is_of_the_end() {
        return Err(Problem::no_such_word("before", &["false"]));
    }
    let part = by.map(|by| DigestPart { by, group: asked.group, community: of });
    let rows = DigestRows { query, figure, before, part };
    Ok(Json(views.digest_rows(&reach::sight(&ask).await?, &rows, cursor, limit).await?).into_response())
}
