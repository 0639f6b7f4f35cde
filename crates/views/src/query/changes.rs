//! What the live stream shows after a position.

use jiff::Timestamp;
use rusqlite::{Connection, Row};
use sandan_domain::RequestId;

use super::Answer;
use super::rows::{number, optional_slug, owner, position, slug};
use crate::answer::{Change, Changes, State};
use crate::ask::Sight;
use crate::fold::{Limits, int, shown};
use crate::store::read_head;

/// Events looked at for one answer, if few of them are in sight.
const WINDOW: u64 = 10_000;

pub(crate) fn changes(
    connection: &Connection,
    after: u64,
    limit: usize,
    sight: &Sight,
    now: Timestamp,
) -> Answer<Changes> {
    let head = read_head(connection)?.position;
    let end = head.min(after.saturating_add(WINDOW));
    let sql = "SELECT x.position, r.id, r.number, c.slug, x.state, u.slug, r.owner, o.slug, g.slug, r.due_at,
                      r.due_started, r.suspended, r.round, r.state, r.supervised IS NOT NULL
               FROM change x JOIN request r ON r.seq = x.seq JOIN community c ON c.code = r.community
               LEFT JOIN unit u ON u.code = r.lead LEFT JOIN unit o ON o.code = r.owner
               LEFT JOIN grid g ON g.code = r.grid
               WHERE x.position > ? AND x.position <= ? ORDER BY x.position";
    let mut statement = connection.prepare_cached(sql)?;
    let mut items: Vec<Change> = Vec::new();
    let mut rows = statement.query((int(after), int(end)))?;
    while let Some(row) = rows.next()? {
        let change = read(row, now)?;
        if !sight.includes(&change.community) {
            continue;
        }
        if items.len() == limit {
            let upto = items.last().map_or(after, |last| last.position);
            return Ok(Changes { items, upto, more: true });
        }
        items.push(change);
    }
    let upto = end.max(after);
    Ok(Changes { items, upto, more: upto < head })
}

fn read(row: &Row<'_>, now: Timestamp) -> rusqlite::Result<Change> {
    let stands = State::of_code(row.get(13)?).unwrap_or(State::Filed);
    let limits = Limits {
        open: stands.is_open(),
        due_at: row.get(9)?,
        due_started: row.get(10)?,
        suspended: row.get(11)?,
        round: row.get(12)?,
        supervised: row.get(14)?,
    };
    let (light, overdue) = shown(&limits, now);
    Ok(Change {
        position: position(row, 0)?,
        request: RequestId(row.get(1)?),
        number: number(row, 2)?,
        community: slug(row, 3)?,
        state: State::of_code(row.get(4)?).unwrap_or(State::Filed),
        light,
        unit: optional_slug(row, 5)?,
        owner: owner(row, 6)?,
        grid: optional_slug(row, 8)?,
        overdue,
    })
}
