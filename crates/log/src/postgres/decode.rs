//! From rows to values. A row that this program can't have written is reported, never guessed at.

use std::fmt::Display;

use bytes::Bytes;
use jiff::Timestamp;
use tokio_postgres::Row;
use uuid::Uuid;

use crate::{Hash, LogError, Position, Record, StreamName};

/// The columns that [`record`] takes, in its order.
pub(super) const RECORD: &str = "position, generation, stream_kind, stream, version, id, kind, schema, community,
    occurred, recorded, command, correlation, causation, actor, hash, body";

pub(super) fn record(row: &Row) -> Result<Record, LogError> {
    let position: Position = unsigned(row.try_get(0)?)?;
    let number = |name: &str, value: i64| unsigned::<u64>(value).map_err(|_| damaged(position, name, &value));
    Ok(Record {
        position,
        generation: whole(position, "generation", row.try_get(1)?)?,
        stream: StreamName::new(row.try_get::<_, String>(2)?, row.try_get::<_, Uuid>(3)?),
        version: number("version", row.try_get(4)?)?,
        id: row.try_get(5)?,
        kind: row.try_get(6)?,
        schema: whole(position, "schema", row.try_get(7)?)?,
        community: row.try_get(8)?,
        occurred: micros(position, row.try_get(9)?)?,
        recorded: micros(position, row.try_get(10)?)?,
        command: row.try_get(11)?,
        correlation: row.try_get(12)?,
        causation: row.try_get(13)?,
        actor: row.try_get(14)?,
        hash: hash(position, row.try_get(15)?)?,
        body: Bytes::copy_from_slice(row.try_get(16)?),
    })
}

/// The hash of the record at `position`.
pub(super) fn hash(position: Position, bytes: &[u8]) -> Result<Hash, LogError> {
    bytes.try_into().map(Hash).map_err(|error| damaged(position, "hash", &error))
}

/// A time that was stored as microseconds, in the record at `position`.
pub(super) fn micros(position: Position, micros: i64) -> Result<Timestamp, LogError> {
    Timestamp::from_microsecond(micros).map_err(|error| damaged(position, "time", &error))
}

/// Numbers are signed in the database.
pub(super) fn unsigned<T: TryFrom<i64>>(number: i64) -> Result<T, LogError> {
    T::try_from(number).map_err(|_| LogError::Storage(format!("the database holds the number {number}")))
}

fn whole<T: TryFrom<i32>>(position: Position, name: &str, number: i32) -> Result<T, LogError> {
    T::try_from(number).map_err(|_| damaged(position, name, &number))
}

fn damaged(position: Position, name: &str, what: &dyn Display) -> LogError {
    LogError::Damaged { position, what: format!("{name}: {what}") }
}
