//! Every question the log answers.

use bytes::Bytes;
use jiff::Timestamp;
use tokio_postgres::{Client, Row};
use uuid::Uuid;

use super::decode::{self, RECORD, hash, unsigned};
use super::number;
use super::readers::Readers;
use crate::{Hash, Head, LogError, Position, Record, Remembered, Stat, StreamName, Timer, Version};

/// The end of the log with the number of streams. It is there also while the log is empty.
const STAT: &str = "
    SELECT coalesce(e.position, 0), (SELECT g.number FROM sandan.generation g ORDER BY g.number DESC LIMIT 1),
           e.hash, coalesce(e.streams, 0)
    FROM (SELECT) AS always LEFT JOIN LATERAL (
        SELECT position, hash, streams FROM sandan.event ORDER BY position DESC LIMIT 1) e ON true";

/// Notices a forked history, and says where the log stands.
pub(super) async fn enter(client: &Client) -> Result<Head, LogError> {
    client.query_one("SELECT o_generation FROM sandan.enter()", &[]).await?;
    Ok(to_stat(&client.query_one(STAT, &[]).await?)?.head)
}

/// The same for a connection that only reads: it waits for nobody's batch, unless there is something to notice.
pub(super) async fn look_in(client: &Client) -> Result<(), LogError> {
    let is_other =
        "SELECT g.timeline IS DISTINCT FROM sandan.timeline() OR g.system IS DISTINCT FROM s.system_identifier
                    FROM sandan.generation g, pg_control_system() s ORDER BY g.number DESC LIMIT 1";
    if client.query_one(is_other, &[]).await?.try_get(0)? {
        enter(client).await?;
    }
    Ok(())
}

pub(super) async fn stat(readers: &Readers) -> Result<Stat, LogError> {
    to_stat(one(&readers.ask(STAT, &[]).await?)?)
}

fn to_stat(row: &Row) -> Result<Stat, LogError> {
    let position = unsigned(row.try_get(0)?)?;
    let generation = unsigned(row.try_get::<_, i32>(1)?.into())?;
    let bytes = row.try_get::<_, Option<&[u8]>>(2)?;
    let hash = bytes.map_or(Ok(Hash::ZERO), |bytes| hash(position, bytes))?;
    let head = Head { position, generation, hash };
    Ok(Stat { head, events: position, streams: unsigned(row.try_get(3)?)? })
}

pub(super) async fn records(readers: &Readers, after: Position, limit: usize) -> Result<Vec<Record>, LogError> {
    let sql = format!("SELECT {RECORD} FROM sandan.event WHERE position > $1 ORDER BY position LIMIT $2");
    let rows = readers.ask(&sql, &[&number::<_, i64>(after), &number::<_, i64>(limit)]).await?;
    rows.iter().map(decode::record).collect()
}

pub(super) async fn stream(
    readers: &Readers,
    name: &StreamName,
    after: Version,
    limit: usize,
) -> Result<Vec<Record>, LogError> {
    let sql = format!(
        "SELECT {RECORD} FROM sandan.event WHERE stream = $1 AND stream_kind = $2 AND version > $3
         ORDER BY version LIMIT $4"
    );
    let (after, limit): (i64, i64) = (number(after), number(limit));
    let rows = readers.ask(&sql, &[&name.id, &&*name.kind, &after, &limit]).await?;
    rows.iter().map(decode::record).collect()
}

pub(super) async fn remembered(readers: &Readers, command: Uuid) -> Result<Option<Remembered>, LogError> {
    let sql = "SELECT fingerprint, outcome, first, last FROM sandan.command WHERE id = $1";
    let rows = readers.ask(sql, &[&command]).await?;
    let Some(row) = rows.first() else { return Ok(None) };
    let last = unsigned(row.try_get(3)?)?;
    let fingerprint = row.try_get::<_, Option<&[u8]>>(0)?;
    Ok(Some(Remembered {
        fingerprint: fingerprint.map_or(Ok(Hash::ZERO), |bytes| hash(last, bytes))?.0,
        outcome: row.try_get::<_, Vec<u8>>(1)?.into(),
        first: unsigned(row.try_get(2)?)?,
        last,
    }))
}

/// The values at the keys, in their order.
pub(super) async fn rows_at(readers: &Readers, space: &str, keys: &[&[u8]]) -> Result<Vec<Option<Bytes>>, LogError> {
    let sql = "SELECT (SELECT f.value FROM sandan.fact f WHERE f.space = $1 AND f.key = asked.key)
               FROM unnest($2::bytea[]) WITH ORDINALITY AS asked (key, place) ORDER BY asked.place";
    let rows = readers.ask(sql, &[&space, &keys]).await?;
    rows.iter().map(|row| Ok(row.try_get::<_, Option<Vec<u8>>>(0)?.map(Bytes::from))).collect()
}

pub(super) async fn rows(
    readers: &Readers,
    space: &str,
    after: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<(Bytes, Bytes)>, LogError> {
    let limit: i64 = number(limit);
    let rows = match after {
        Some(after) => {
            let sql = "SELECT key, value FROM sandan.fact WHERE space = $1 AND key > $2 ORDER BY key LIMIT $3";
            readers.ask(sql, &[&space, &after, &limit]).await?
        }
        None => {
            let sql = "SELECT key, value FROM sandan.fact WHERE space = $1 ORDER BY key LIMIT $2";
            readers.ask(sql, &[&space, &limit]).await?
        }
    };
    let pair = |row: &Row| Ok((row.try_get::<_, Vec<u8>>(0)?.into(), row.try_get::<_, Vec<u8>>(1)?.into()));
    rows.iter().map(pair).collect()
}

pub(super) async fn due_timers(readers: &Readers, until: Timestamp, limit: usize) -> Result<Vec<Timer>, LogError> {
    let sql = "SELECT id, due, body FROM sandan.timer WHERE due <= $1 ORDER BY due, id LIMIT $2";
    let rows = readers.ask(sql, &[&until.as_microsecond(), &number::<_, i64>(limit)]).await?;
    let timer = |row: &Row| {
        let body = row.try_get::<_, Vec<u8>>(2)?.into();
        Ok(Timer { id: row.try_get(0)?, due: decode::micros(0, row.try_get(1)?)?, body })
    };
    rows.iter().map(timer).collect()
}

pub(super) async fn next_timer(readers: &Readers) -> Result<Option<Timestamp>, LogError> {
    let rows = readers.ask("SELECT due FROM sandan.timer ORDER BY due, id LIMIT 1", &[]).await?;
    rows.first().map(|row| decode::micros(0, row.try_get(0)?)).transpose()
}

pub(super) fn one(rows: &[Row]) -> Result<&Row, LogError> {
    rows.first().ok_or_else(|| LogError::Storage("the database gave no answer".to_owned()))
}
