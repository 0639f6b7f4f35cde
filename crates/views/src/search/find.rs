//! Which requests contain a text: their numbers, newest filed first, some at a time.

use rusqlite::Connection;

use super::fold::VERSION_BITS;
use super::tokens::question;
use crate::ViewsError;

/// Some of the requests, and whether there may be more below the last.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub seqs: Vec<i64>,
    /// Go on below this.
    pub below: Option<i64>,
}

/// Requests with a number below `below` that contain `part`; about `limit` of them.
pub(crate) fn find(
    connection: &Connection,
    part: &str,
    communities: Option<&[&str]>,
    below: i64,
    limit: usize,
) -> Result<Found, ViewsError> {
    let Some(question) = question(part, communities) else { return Ok(Found::default()) };
    let sql = "SELECT rowid FROM texts WHERE texts MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?";
    let mut statement = connection.prepare_cached(sql)?;
    let bound = below.checked_shl(VERSION_BITS).filter(|bound| bound >> VERSION_BITS == below).unwrap_or(i64::MAX);
    let rows = statement.query_map((question, bound, i64::try_from(limit).unwrap_or(i64::MAX)), |row| row.get(0))?;
    let rows: Vec<i64> = rows.collect::<Result<_, _>>()?;
    let mut seqs: Vec<i64> = rows.iter().map(|row| row >> VERSION_BITS).collect();
    seqs.dedup();
    // Further rows of the last request are skipped: it is known already.
    let below = (rows.len() == limit).then(|| seqs.last().copied()).flatten();
    Ok(Found { seqs, below })
}
