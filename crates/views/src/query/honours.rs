//! Honours: all of the communities, and one.

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row};
use sandan_domain::HonourId;

use super::rows::{optional_time, position, slug};
use super::{Answer, Scope};
use crate::answer::{HonourState, HonourView};
use crate::fold::{opinion_of, time};

const VIEW: &str = "SELECT h.id, c.slug, u.slug, h.honour, h.from_at, h.to_at, h.asked_at, h.opinion, h.opinion_reason,
                           h.figures, h.answered_at, h.proposed, h.settled_reason, h.settled_at, h.position
                    FROM honour h JOIN community c ON c.code = h.community JOIN unit u ON u.code = h.unit";

/// All questions of the communities, the newest first.
pub(crate) fn honours(connection: &Connection, scope: &Scope) -> Answer<Vec<HonourView>> {
    let sql = format!("{VIEW} WHERE {} ORDER BY h.asked_at DESC, h.id", scope.within("h.community"));
    let mut statement = connection.prepare_cached(&sql)?;
    Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
}

pub(crate) fn honour(connection: &Connection, id: HonourId) -> Answer<Option<HonourView>> {
    let sql = format!("{VIEW} WHERE h.id = ?");
    Ok(connection.prepare_cached(&sql)?.query_row([id.0], read).optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<HonourView> {
    let opinion: Option<i64> = row.get(7)?;
    let figures: Option<String> = row.get(9)?;
    let figures = figures.map(|text| serde_json::from_str(&text)).transpose();
    let state = match (row.get::<_, Option<bool>>(11)?, opinion) {
        (Some(true), _) => HonourState::Proposed,
        (Some(false), _) => HonourState::Dropped,
        (None, Some(_)) => HonourState::Answered,
        (None, None) => HonourState::Asked,
    };
    Ok(HonourView {
        id: HonourId(row.get(0)?),
        community: slug(row, 1)?,
        unit: slug(row, 2)?,
        honour: row.get(3)?,
        from: time(row.get(4)?),
        to: time(row.get(5)?),
        state,
        asked_at: time(row.get(6)?),
        opinion: opinion.map(opinion_of),
        opinion_reason: row.get(8)?,
        figures: figures.map_err(|error| rusqlite::Error::FromSqlConversionFailure(9, Type::Text, Box::new(error)))?,
        answered_at: optional_time(row, 10)?,
        settled_reason: row.get(12)?,
        settled_at: optional_time(row, 13)?,
        position: position(row, 14)?,
    })
}
