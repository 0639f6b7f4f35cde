//! Lists: pages of items, `{items, next_cursor}`.

use std::str::FromStr;

use axum::Json;
use axum::response::{IntoResponse, Response};
use sandan_app::Refusal;
use sandan_domain::{CommunityId, InputError};
use sandan_views::{Cursor, LIMIT_DEFAULT, LIMIT_MAX, page_at_hand};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::ask::Ask;
use crate::problem::{Problem, Words};

/// A query that says which page, and nothing else.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PageQuery {
    pub cursor: Option<String>,
    /// 50 unless given, at most 500.
    pub limit: Option<String>,
}

/// A query for a page of what one community has.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CommunityQuery {
    /// Slug. Required.
    community: Option<String>,
    pub cursor: Option<String>,
    /// 50 unless given, at most 500.
    pub limit: Option<String>,
}

impl CommunityQuery {
    pub fn community(&self) -> Result<CommunityId, Problem> {
        required("community", self.community.as_deref())
    }
}

/// A query for a page of what communities have.
#[derive(Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CommunitiesQuery {
    /// Slug; those below it too.
    community: Option<String>,
    pub cursor: Option<String>,
    /// 50 unless given, at most 500.
    pub limit: Option<String>,
}

impl CommunitiesQuery {
    /// One that exists, if any is named.
    pub async fn community(&self, ask: &Ask) -> Result<Option<CommunityId>, Problem> {
        let community: Result<Option<CommunityId>, _> = self.community.as_deref().map(str::parse).transpose();
        let community = community.map_err(|error| Refusal::field("community", error))?;
        if let Some(community) = &community {
            ask.site.app.place("community", community).await?;
        }
        Ok(community)
    }
}

/// A name that must be there.
pub(crate) fn required<T: FromStr<Err = InputError>>(field: &str, text: Option<&str>) -> Result<T, Problem> {
    let read = text.ok_or(InputError::Missing).and_then(|text| text.trim().parse());
    Ok(read.map_err(|error| Refusal::field(field, error))?)
}

/// A list, as it is described.
#[derive(Serialize, ToSchema)]
pub(crate) struct List<T> {
    pub items: Vec<T>,
    /// Where the rest begins; `null` at the end.
    pub next_cursor: Option<String>,
}

/// Reads `limit`: 50 unless given, at most 500.
pub(crate) fn limit(text: Option<&str>) -> Result<usize, Problem> {
    let Some(text) = text else { return Ok(LIMIT_DEFAULT) };
    let limit = text.parse().ok().filter(|limit| (1..=LIMIT_MAX).contains(limit));
    limit.ok_or_else(|| {
        let words = Words::new("input-out_of_range", format!("must be between 1 and {LIMIT_MAX}"));
        Problem::field("limit", "out_of_range", words.with("min", 1).with("max", LIMIT_MAX))
    })
}

/// Reads `cursor`: as it was given with the page before.
pub(crate) fn cursor(text: Option<&str>) -> Result<Option<Cursor>, Problem> {
    text.map(|text| Cursor::from_str(text).map_err(|_| no_cursor())).transpose()
}

fn no_cursor() -> Problem {
    let words = Words::new("input-not-a-cursor", "is not a cursor of this list");
    Problem::field("cursor", "not_a_cursor", words)
}

/// A page of a list that is at hand as a whole, sorted by its key.
pub(crate) fn page<T: Serialize>(
    items: Vec<T>,
    key: impl Fn(&T) -> String,
    cursor: Option<&str>,
    limit: usize,
) -> Result<Response, Problem> {
    let (items, next_cursor) = page_at_hand(items, key, cursor, limit).map_err(|_| no_cursor())?;
    Ok(Json(List { items, next_cursor }).into_response())
}
