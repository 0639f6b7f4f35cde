//! Leases and generations, by the database's clock.

use std::time::Duration;

use tokio_postgres::Row;

use super::decode::{micros, unsigned};
use super::number;
use super::read::one;
use super::readers::Readers;
use crate::{GenerationMark, Lease, LogError};

/// A lease that was given and whose answer got lost is renewed by the second try, under the same number.
pub(super) async fn lease(
    readers: &Readers,
    job: &str,
    holder: &str,
    ttl: Duration,
) -> Result<Option<Lease>, LogError> {
    // A hundred years are for ever, and can still be added to the present.
    let ttl: i64 = number(ttl.min(Duration::from_secs(36_525 * 86_400)).as_micros());
    let sql = "SELECT o_fence, o_expires FROM sandan.lease($1, $2, $3)";
    let rows = readers.ask(sql, &[&job, &holder, &ttl]).await?;
    let row = one(&rows)?;
    let Some(fence) = row.try_get::<_, Option<i64>>(0)? else { return Ok(None) };
    let expires = micros(0, row.try_get(1)?)?;
    Ok(Some(Lease { job: job.to_owned(), holder: holder.to_owned(), fence: unsigned(fence)?, expires }))
}

pub(super) async fn release(readers: &Readers, lease: &Lease) -> Result<(), LogError> {
    let sql = "UPDATE sandan.lease SET expires = 0 WHERE job = $1 AND fence = $2";
    readers.ask(sql, &[&lease.job, &number::<_, i64>(lease.fence)]).await?;
    Ok(())
}

pub(super) async fn leases(readers: &Readers) -> Result<Vec<Lease>, LogError> {
    let sql = "SELECT job, holder, fence, expires FROM sandan.lease WHERE expires > sandan.micros() ORDER BY job";
    let rows = readers.ask(sql, &[]).await?;
    let lease = |row: &Row| {
        let (fence, expires) = (unsigned(row.try_get(2)?)?, micros(0, row.try_get(3)?)?);
        Ok(Lease { job: row.try_get(0)?, holder: row.try_get(1)?, fence, expires })
    };
    rows.iter().map(lease).collect()
}

pub(super) async fn generations(readers: &Readers) -> Result<Vec<GenerationMark>, LogError> {
    let sql = "SELECT number, after, begun, why FROM sandan.generation ORDER BY number";
    let rows = readers.ask(sql, &[]).await?;
    rows.iter().map(|row| mark(row, row.try_get(3)?)).collect()
}

/// Not tried again: a second fork on top of one whose answer got lost would tell operators of two.
pub(super) async fn fork(readers: &Readers, why: &str) -> Result<GenerationMark, LogError> {
    let rows = readers.ask_once("SELECT o_number, o_after, o_begun FROM sandan.fork($1)", &[&why]).await?;
    mark(one(&rows)?, why.to_owned())
}

fn mark(row: &Row, why: String) -> Result<GenerationMark, LogError> {
    let after = unsigned(row.try_get(1)?)?;
    let begun = row.try_get::<_, Option<i64>>(2)?.map(|begun| micros(after, begun)).transpose()?;
    Ok(GenerationMark { number: unsigned(row.try_get::<_, i32>(0)?.into())?, after, begun, why })
}
