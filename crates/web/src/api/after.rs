//! Reading one's own writes: an answer can be asked for that has seen a position.

use std::time::Duration;

use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};

use super::query;
use crate::headers::AFTER;
use crate::problem::{Problem, Words};
use crate::site::Site;

/// So long a call waits for its read model.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// Returns once the read models have got to the position that the call names, if it names one.
pub(crate) async fn wait(site: &Site, parts: &Parts) -> Result<(), Problem> {
    let Some(position) = asked(&parts.headers, parts.uri.query().unwrap_or_default())? else { return Ok(()) };
    site.views.wait(position, WAIT_MAX).await.map_err(|_| lagging(position))
}

/// The same of the full-text search, which is a model of its own.
pub(crate) async fn wait_search(site: &Site, position: u64) -> Result<(), Problem> {
    site.views.wait_search(position, WAIT_MAX).await.map_err(|_| lagging(position))
}

/// The position in the header or in the query.
pub(crate) fn asked(headers: &HeaderMap, query: &str) -> Result<Option<u64>, Problem> {
    let (field, text) = match headers.get(AFTER) {
        Some(value) => ("Sandan-After", Some(value.to_str().unwrap_or("?").to_owned())),
        None => ("after", query::value(query, "after")),
    };
    text.map(|text| number(field, &text)).transpose()
}

/// Reads a position; `field` is where it was found.
pub(crate) fn number(field: &str, text: &str) -> Result<u64, Problem> {
    let words = || Words::new("input-not-a-position", "must be a position: a whole number from 0");
    text.trim().parse().map_err(|_| Problem::field(field, "not_a_position", words()))
}

fn lagging(position: u64) -> Problem {
    let english = format!("the read models have not got to position {position} yet; try again");
    let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "lagging", english).with("position", position);
    problem.retry_after(Duration::from_secs(1))
}
