//! Work lists: short by nature, in the order of their limits.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use sandan_domain::{CommunityId, UnitId};

use super::rows::rows;
use super::{Answer, Scope};
use crate::answer::RequestRow;
use crate::ask::{Cursor, Sight};

/// What a list can hold: beyond it `requests` has pages.
const ROWS_MAX: usize = 1_000;

/// Open to be claimed in a community, due first.
pub(crate) fn pool(connection: &Connection, community: &CommunityId, now: Timestamp) -> Answer<Vec<RequestRow>> {
    let sql = "SELECT r.due_at, r.seq FROM request r INDEXED BY request_pooled
               JOIN community c ON c.code = r.community
               WHERE c.slug = ? AND r.pooled IS NOT NULL ORDER BY r.due_at, r.seq LIMIT ?";
    let mut statement = connection.prepare_cached(sql)?;
    let keys = statement.query_map((community.as_str(), ROWS_MAX as i64), key)?;
    rows(connection, &keys.collect::<Result<Vec<_>, _>>()?, now)
}

/// Open requests that the unit leads or assists in, due first.
pub(crate) fn of_unit(
    connection: &Connection,
    community: &CommunityId,
    unit: &UnitId,
    now: Timestamp,
) -> Answer<Vec<RequestRow>> {
    let sight = Sight::Set(vec![community.clone()]);
    let scope = Scope::of(connection, &sight, None)?;
    let codes = super::conditions::codes_in(connection, &scope, "unit", unit.as_str())?;
    let Some(code) = codes.first() else { return Ok(Vec::new()) };
    let sql = "SELECT r.due_at, r.seq FROM team t CROSS JOIN request r ON r.seq = t.seq
               WHERE t.unit = ? AND t.live = 1 ORDER BY r.due_at, r.seq LIMIT ?";
    let mut statement = connection.prepare_cached(sql)?;
    let keys = statement.query_map((code, ROWS_MAX as i64), key)?;
    rows(connection, &keys.collect::<Result<Vec<_>, _>>()?, now)
}

/// The unit of one community, by its code: its slug may name others in communities below.
pub(crate) fn unit_in(connection: &Connection, community: &CommunityId, unit: &UnitId) -> Answer<Option<i64>> {
    let sql = "SELECT u.code FROM unit u JOIN community c ON c.code = u.community WHERE c.slug = ? AND u.slug = ?";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row([community.as_str(), unit.as_str()], |row| row.get(0)).optional()?)
}

fn key(row: &rusqlite::Row<'_>) -> rusqlite::Result<Cursor> {
    Ok(Cursor { key: row.get(0)?, seq: row.get(1)? })
}
