//! Whom the hotline rings up (R18), and what waits for the oversight board. Both in the order in which they came.

use rusqlite::Connection;
use sandan_domain::{PersonId, RequestId};

use super::rows::{number, optional_time, slug};
use super::{Answer, Scope};
use crate::answer::{CallRow, WatchRow, Watched};
use crate::ask::Cursor;
use crate::fold::{call_of, time, watched_of};

/// A line with its key.
type Keyed<T> = (Cursor, T);

fn after(cursor: Option<Cursor>) -> i64 {
    cursor.map_or(i64::MIN, |cursor| cursor.seq)
}

pub(crate) fn calls(
    connection: &Connection,
    scope: &Scope,
    cursor: Option<Cursor>,
    limit: usize,
) -> Answer<Vec<Keyed<CallRow>>> {
    let sql = format!(
        "SELECT k.id, r.id, r.number, c.slug, k.round, k.person, s.name, s.phone, k.closes_at, k.calls, k.outcome,
                k.called_at, coalesce(w.public_title, w.title, substr(w.description, 1, 60))
         FROM call k JOIN request r ON r.seq = k.seq JOIN community c ON c.code = k.community
         LEFT JOIN words w ON w.seq = k.seq
         LEFT JOIN signer s ON s.seq = k.seq AND s.person = k.person
         WHERE k.id > ? AND {} ORDER BY k.id LIMIT ?",
        scope.within("k.community")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let lines = statement.query_map((after(cursor), crate::fold::int(limit as u64)), |row| {
        let call = CallRow {
            request: RequestId(row.get(1)?),
            number: number(row, 2)?,
            community: slug(row, 3)?,
            round: row.get(4)?,
            person: PersonId(row.get(5)?),
            name: row.get(6)?,
            phone: row.get(7)?,
            closes_at: time(row.get(8)?),
            calls: row.get(9)?,
            outcome: row.get::<_, Option<i64>>(10)?.map(call_of),
            called_at: optional_time(row, 11)?,
            about: row.get(12)?,
        };
        Ok((Cursor { key: 0, seq: row.get(0)? }, call))
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}

pub(crate) fn watched(
    connection: &Connection,
    scope: &Scope,
    cursor: Option<Cursor>,
    limit: usize,
) -> Answer<Vec<Keyed<WatchRow>>> {
    let sql = format!(
        "SELECT k.id, k.kind, r.id, r.number, c.slug, w.public_title, k.at, k.n, k.ballot, u.slug
         FROM watch k JOIN request r ON r.seq = k.seq JOIN words w ON w.seq = k.seq
         JOIN community c ON c.code = k.community LEFT JOIN unit u ON u.code = k.unit
         WHERE k.id > ? AND {} ORDER BY k.id LIMIT ?",
        scope.within("k.community")
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let lines = statement.query_map((after(cursor), crate::fold::int(limit as u64)), |row| {
        let kind = watched_of(row.get(1)?);
        let unit: Option<String> = row.get(9)?;
        let line = WatchRow {
            kind,
            request: RequestId(row.get(2)?),
            number: number(row, 3)?,
            community: slug(row, 4)?,
            public_title: row.get(5)?,
            at: time(row.get(6)?),
            joiners: if kind == Watched::Burst { row.get(7)? } else { None },
            ballot: row.get(8)?,
            unit: unit.and_then(|unit| unit.parse().ok()),
        };
        Ok((Cursor { key: 0, seq: row.get(0)? }, line))
    })?;
    Ok(lines.collect::<Result<_, _>>()?)
}
