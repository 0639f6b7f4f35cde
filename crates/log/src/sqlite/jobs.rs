//! What is stored of leases and generations.

use rusqlite::Connection;

use super::decode;
use crate::lease::Leases;
use crate::{GenerationMark, Lease, LogError};

/// The numbers that were given out. No lease is alive: the program that held it is gone.
pub(super) fn load(connection: &Connection) -> Result<Leases, LogError> {
    let mut statement = connection.prepare("SELECT job, holder, fence FROM lease")?;
    let rows = statement.query_map([], |row| {
        Ok(Lease { job: row.get(0)?, holder: row.get(1)?, fence: row.get(2)?, expires: jiff::Timestamp::MIN })
    })?;
    let mut leases = Leases::default();
    for lease in rows {
        leases.keep(lease?);
    }
    Ok(leases)
}

/// Durable before anybody is told the number.
pub(super) fn write(connection: &Connection, lease: &Lease) -> Result<(), LogError> {
    let sql = "INSERT OR REPLACE INTO lease (job, holder, fence) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(sql)?.execute((&lease.job, &lease.holder, lease.fence))?;
    Ok(())
}

pub(super) fn begin(connection: &Connection, mark: &GenerationMark) -> Result<(), LogError> {
    let sql = "INSERT INTO generation (number, after, begun, why) VALUES (?1, ?2, ?3, ?4)";
    let begun = mark.begun.map(|begun| begun.as_microsecond());
    connection.execute(sql, (mark.number, mark.after, begun, &mark.why))?;
    Ok(())
}

pub(super) fn generations(connection: &Connection) -> Result<Vec<GenerationMark>, LogError> {
    let mut statement =
        connection.prepare_cached("SELECT number, after, begun, why FROM generation ORDER BY number")?;
    let mut rows = statement.query([])?;
    let mut marks = Vec::new();
    while let Some(row) = rows.next()? {
        let after = row.get(1)?;
        let begun = row.get::<_, Option<i64>>(2)?.map(|micros| decode::time(after, micros)).transpose()?;
        marks.push(GenerationMark { number: row.get(0)?, after, begun, why: row.get(3)? });
    }
    Ok(marks)
}
