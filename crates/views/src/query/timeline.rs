//! Where a request's events stand in the log.

use rusqlite::Connection;
use sandan_domain::RequestId;

use super::Answer;
use super::request::seq_of;
use super::rows::position;
use crate::answer::TimelineStream;
use crate::ask::Sight;
use crate::fold::{int, stream_of};

/// An event's place. Its body is in the log alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    pub position: u64,
    pub stream: TimelineStream,
    pub version: u64,
}

/// At most `limit` events after a position, in order.
pub(crate) fn moments(
    connection: &Connection,
    sight: &Sight,
    id: RequestId,
    after: u64,
    limit: usize,
) -> Answer<Vec<Moment>> {
    let Some(seq) = seq_of(connection, sight, id)? else { return Ok(Vec::new()) };
    let sql = "SELECT position, stream, version FROM moment WHERE seq = ? AND position > ? ORDER BY position LIMIT ?";
    let mut statement = connection.prepare_cached(sql)?;
    let moments = statement.query_map((seq, int(after), int(limit as u64)), |row| {
        Ok(Moment { position: position(row, 0)?, stream: stream_of(row.get(1)?), version: position(row, 2)? })
    })?;
    Ok(moments.collect::<Result<_, _>>()?)
}
