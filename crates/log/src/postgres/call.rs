//! The one call that appends a batch, and what it answers.

use std::time::{Duration, Instant};

use bytes::Bytes;
use jiff::Timestamp;
use tokio_postgres::{Client, Row, Statement};

use super::columns::Columns;
use super::decode::{hash, micros, unsigned};
use super::gather::Batch;
use crate::{Hash, Head, LogError, Position};

/// The function's answer.
pub(super) struct Outcome {
    /// Where the log stood before, in the generation of the batch.
    pub before: Head,
    pub recorded: Timestamp,
    /// At the last position of each append.
    pub hashes: Vec<Hash>,
    /// In the order of the appends; the first of each group was refused for sure.
    pub refused: Vec<Refused>,
    pub times: Times,
}

/// One refusal, with which of the batch's columns caused it.
pub(super) struct Refused {
    pub of: usize,
    pub stage: Stage,
    pub place: usize,
    /// The stored version, fence or generation.
    pub actual: u64,
    /// The value at a key that was claimed.
    pub value: Option<Bytes>,
}

/// The checks, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Known,
    AlsoKnown,
    Fenced,
    Forked,
    Conflict,
    KeyTaken,
}

pub(super) struct Times {
    pub total: Duration,
    /// For the lock, behind other nodes' batches.
    pub waited: Duration,
    pub worked: Duration,
}

impl Times {
    /// What is left is the commit, and the way there and back.
    pub fn commit(&self) -> Duration {
        self.total.saturating_sub(self.waited).saturating_sub(self.worked)
    }
}

/// The call, prepared on a connection.
pub(super) async fn prepare(client: &Client) -> Result<Statement, LogError> {
    let places: Vec<String> = (1..=Columns::COUNT).map(|place| format!("${place}")).collect();
    let sql = format!("SELECT * FROM sandan.append_2({})", places.join(", "));
    Ok(client.prepare(&sql).await?)
}

/// Appends the batch in one transaction.
pub(super) async fn append(
    client: &Client,
    statement: &Statement,
    batch: &Batch,
    now: Timestamp,
) -> Result<Outcome, LogError> {
    let begun = Instant::now();
    let columns = Columns::new(batch, now.as_microsecond());
    let row = client.query_one(statement, &columns.parameters()).await?;
    decode(&row, begun.elapsed())
}

fn decode(row: &Row, total: Duration) -> Result<Outcome, LogError> {
    let position: Position = unsigned(row.try_get("o_position")?)?;
    let generation = unsigned(row.try_get::<_, i32>("o_generation")?.into())?;
    let before = Head { position, generation, hash: hash(position, row.try_get("o_hash")?)? };
    let hashes = row.try_get::<_, Vec<&[u8]>>("o_hashes")?;
    let hashes = hashes.into_iter().map(|bytes| hash(position, bytes)).collect::<Result<_, _>>()?;
    let time = |name| Ok::<_, LogError>(Duration::from_micros(unsigned(row.try_get(name)?)?));
    let times = Times { total, waited: time("o_waited")?, worked: time("o_worked")? };
    let recorded = micros(position, row.try_get("o_recorded")?)?;
    Ok(Outcome { before, recorded, hashes, refused: refused(row)?, times })
}

fn refused(row: &Row) -> Result<Vec<Refused>, LogError> {
    let Some(appends) = row.try_get::<_, Option<Vec<i32>>>("o_refused")? else { return Ok(Vec::new()) };
    let stages: Vec<i32> = row.try_get("o_stages")?;
    let places: Vec<i64> = row.try_get("o_places")?;
    let actual: Vec<i64> = row.try_get("o_actual")?;
    let values: Vec<Option<&[u8]>> = row.try_get("o_values")?;
    let mut refused = Vec::with_capacity(appends.len());
    for (index, of) in appends.into_iter().enumerate() {
        refused.push(Refused {
            of: unsigned::<usize>(of.into())?.saturating_sub(1),
            stage: stage(stages[index])?,
            place: unsigned::<usize>(places[index])?.saturating_sub(1),
            actual: unsigned(actual[index])?,
            value: values[index].map(Bytes::copy_from_slice),
        });
    }
    Ok(refused)
}

fn stage(number: i32) -> Result<Stage, LogError> {
    Ok(match number {
        1 => Stage::Known,
        2 => Stage::AlsoKnown,
        3 => Stage::Fenced,
        4 => Stage::Forked,
        5 => Stage::Conflict,
        6 => Stage::KeyTaken,
        other => return Err(LogError::Storage(format!("the database answered a refusal {other}"))),
    })
}
