//! From rows to values. A row that this program can't have written is reported, never guessed at.

use std::fmt::Display;

use bytes::Bytes;
use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::FromSql;

use crate::{Hash, LogError, Position, Record, StreamName};

/// The columns that [`record`] takes, in its order. Outer joins: an event whose stream or word is missing
/// must be seen as damaged and not be left out.
pub(super) const RECORDS: &str = "
    SELECT e.position, e.generation, sk.text, s.key, e.version, e.id, ek.text, e.schema, c.text,
           e.occurred, e.recorded, e.command, e.correlation, e.causation, e.actor, e.hash, e.body
    FROM event e
    LEFT JOIN stream s ON s.id = e.stream
    LEFT JOIN word sk ON sk.id = s.kind
    LEFT JOIN word ek ON ek.id = e.kind
    LEFT JOIN word c ON c.id = e.community";

pub(super) fn record(row: &Row<'_>) -> Result<Record, LogError> {
    let position: Position = row.get(0)?;
    let column = Column { row, position };
    let command = column.get(11, "command")?;
    Ok(Record {
        position,
        generation: column.get(1, "generation")?,
        stream: StreamName::new(column.get::<String>(2, "stream's kind")?, column.get(3, "stream")?),
        version: column.get(4, "version")?,
        id: column.get(5, "id")?,
        kind: column.get(6, "kind")?,
        schema: column.get(7, "schema")?,
        community: column.get(8, "community")?,
        occurred: time(position, column.get(9, "occurred")?)?,
        recorded: time(position, column.get(10, "recorded")?)?,
        command,
        correlation: column.get::<Option<_>>(12, "correlation")?.unwrap_or(command),
        causation: column.get(13, "causation")?,
        actor: column.get(14, "actor")?,
        hash: Hash(column.get(15, "hash")?),
        body: Bytes::from(column.get::<Vec<u8>>(16, "body")?),
    })
}

/// A time that was stored as microseconds, in the record at `position`.
pub(super) fn time(position: Position, micros: i64) -> Result<Timestamp, LogError> {
    Timestamp::from_microsecond(micros).map_err(|error| damaged(position, "time", &error))
}

struct Column<'a> {
    row: &'a Row<'a>,
    position: Position,
}

impl Column<'_> {
    fn get<T: FromSql>(&self, index: usize, name: &str) -> Result<T, LogError> {
        self.row.get(index).map_err(|error| damaged(self.position, name, &error))
    }
}

fn damaged(position: Position, name: &str, error: &dyn Display) -> LogError {
    LogError::Damaged { position, what: format!("{name}: {error}") }
}
