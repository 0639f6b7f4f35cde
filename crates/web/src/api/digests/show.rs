//! One digest.

use axum::Json;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use sandan_app::Action;
use sandan_views::{DigestKind, DigestQuery, Views};
use serde::Deserialize;

use super::shape::DigestShape;
use crate::api::ask::Ask;
use crate::api::description::Refused;
use crate::api::faults::Faults;
use crate::api::rates::query::{past, word};
use crate::api::{instant, reach};
use crate::problem::{Problem, Words};

#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Query {
    /// `daily`, `weekly` (Monday to Sunday) or `monthly`; `daily` unless given.
    kind: Option<String>,
    /// A day of the period, such as `2026-11-02`; of the last whole one unless given.
    date: Option<String>,
    /// Slug; those below it count too.
    community: Option<String>,
    /// Recorded time: as it stood then. At the period's end unless given.
    as_of: Option<String>,
}

/// Shows the digest of a period, as it stood at its end.
#[utoipa::path(
    get,
    path = "/api/v1/digests",
    tag = "rates",
    params(Query),
    responses((status = 200, body = DigestShape), Refused),
    security(("token" = [])),
)]
pub(super) async fn show(ask: Ask) -> Result<Response, Problem> {
    ask.permit(Action::See)?;
    let Query { kind, date, community, as_of } = ask.query()?;
    let (kind, date, as_of) = (kind.as_deref(), date.as_deref(), as_of.as_deref());
    let Asked { query, views } = read(&ask, Texts { kind, date, community: community.as_deref(), as_of }).await?;
    Ok(Json(views.digest(&reach::sight(&ask).await?, &query).await?).into_response())
}

/// Of an address.
pub(super) struct Texts<'a> {
    pub kind: Option<&'a str>,
    pub date: Option<&'a str>,
    pub community: Option<&'a str>,
    pub as_of: Option<&'a str>,
}

/// Which digest is asked for, and the read models that tell it.
pub(super) struct Asked {
    pub query: DigestQuery,
    pub views: Views,
}

/// Reads them; whose community it is comes first.
pub(super) async fn read(ask: &Ask, texts: Texts<'_>) -> Result<Asked, Problem> {
    let community = reach::community(ask, texts.community).await?;
    let app = &ask.site.app;
    let mut faults = Faults::default();
    let kind =
        faults.note(word("kind", texts.kind, &DigestKind::ALL.map(DigestKind::name))).unwrap_or(DigestKind::Daily);
    let date = faults.note(day(texts.date));
    let as_of = faults.note(instant::read(ask, "as_of", texts.as_of));
    let date = date.unwrap_or_else(|| kind.last_whole(&app.clock().now().to_zoned(app.policy().zone.clone())));
    let query = faults.or(DigestQuery { kind, community, date })?;
    let as_of = as_of.unwrap_or_else(|| ask.site.views.digest_is_due(&query));
    Ok(Asked { query, views: past(ask, Some(as_of)).await? })
}

fn day(text: Option<&str>) -> Result<Option<Date>, Problem> {
    text.map(|text| text.parse::<Date>()).transpose().map_err(|_| {
        Problem::field("date", "not_a_date", Words::new("input-not-a-date", "must be a date like 2026-11-02"))
    })
}
