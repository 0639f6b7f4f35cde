//! Every question the log answers, on one connection that only reads.

use bytes::Bytes;
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Params, params};
use uuid::Uuid;

use super::decode;
use crate::{LogError, Position, Record, Remembered, StreamName, Timer, Version};

pub(super) fn records(connection: &Connection, after: Position, limit: usize) -> Result<Vec<Record>, LogError> {
    let tail = "WHERE e.position > ?1 ORDER BY e.position LIMIT ?2";
    select(connection, tail, (whole(after), whole(limit)))
}

pub(super) fn stream(
    connection: &Connection,
    name: &StreamName,
    after: Version,
    limit: usize,
) -> Result<Vec<Record>, LogError> {
    let tail = "WHERE e.stream = (SELECT stream.id FROM stream JOIN word ON word.id = stream.kind
                                  WHERE stream.key = ?1 AND word.text = ?2)
                AND e.version > ?3 ORDER BY e.version LIMIT ?4";
    select(connection, tail, (name.id, &name.kind, whole(after), whole(limit)))
}

fn select(connection: &Connection, tail: &str, params: impl Params) -> Result<Vec<Record>, LogError> {
    let mut statement = connection.prepare_cached(&format!("{} {tail}", decode::RECORDS))?;
    let mut rows = statement.query(params)?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        records.push(decode::record(row)?);
    }
    Ok(records)
}

pub(super) fn remembered(connection: &Connection, command: Uuid) -> Result<Option<Remembered>, LogError> {
    let sql = "SELECT fingerprint, outcome, first, last FROM command WHERE id = ?1";
    let found = connection.prepare_cached(sql)?.query_row([command], |row| {
        Ok(Remembered {
            fingerprint: row.get::<_, Option<_>>(0)?.unwrap_or_default(),
            outcome: row.get::<_, Vec<u8>>(1)?.into(),
            first: row.get(2)?,
            last: row.get(3)?,
        })
    });
    Ok(found.optional()?)
}

/// Also asked by the writer, inside its transaction.
pub(super) fn row(connection: &Connection, space: &str, key: &[u8]) -> Result<Option<Bytes>, rusqlite::Error> {
    let sql = "SELECT value FROM fact WHERE space = ?1 AND key = ?2";
    let value = connection.prepare_cached(sql)?.query_row(params![space, key], |row| row.get(0));
    Ok(value.optional()?.map(Vec::into))
}

pub(super) fn rows(
    connection: &Connection,
    space: &str,
    after: Option<&[u8]>,
    limit: usize,
) -> Result<Vec<(Bytes, Bytes)>, LogError> {
    // Every blob is greater than every text, so an empty text stands before the first key.
    let after = after.map_or(Value::Text(String::new()), |key| Value::Blob(key.to_owned()));
    let mut statement =
        connection.prepare_cached("SELECT key, value FROM fact WHERE space = ?1 AND key > ?2 ORDER BY key LIMIT ?3")?;
    let rows = statement.query_map(params![space, after, whole(limit)], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?.into(), row.get::<_, Vec<u8>>(1)?.into()))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

const DUE_TIMERS: &str = "SELECT id, due, body FROM timer WHERE due <= ?1 ORDER BY due, id LIMIT ?2";
const NEXT_TIMER: &str = "SELECT min(due) FROM timer";

pub(super) fn due_timers(connection: &Connection, until: Timestamp, limit: usize) -> Result<Vec<Timer>, LogError> {
    let mut statement = connection.prepare_cached(DUE_TIMERS)?;
    let mut rows = statement.query((until.as_microsecond(), whole(limit)))?;
    let mut timers = Vec::new();
    while let Some(row) = rows.next()? {
        let body = row.get::<_, Vec<u8>>(2)?.into();
        timers.push(Timer { id: row.get(0)?, due: due(row.get(1)?)?, body });
    }
    Ok(timers)
}

pub(super) fn next_timer(connection: &Connection) -> Result<Option<Timestamp>, LogError> {
    let mut statement = connection.prepare_cached(NEXT_TIMER)?;
    let micros: Option<i64> = statement.query_row([], |row| row.get(0))?;
    micros.map(due).transpose()
}

pub(super) fn due(micros: i64) -> Result<Timestamp, LogError> {
    let time = Timestamp::from_microsecond(micros);
    time.map_err(|error| LogError::Storage(format!("a timer's due time: {error}")))
}

/// SQLite counts in signed numbers; one beyond them means "all" or "after everything" just as well.
fn whole<T: TryInto<i64>>(number: T) -> i64 {
    number.try_into().unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use rusqlite::StatementStatus;

    use super::*;

    const MANY: i64 = 1_000_000;

    /// One timer each second.
    fn with_many_timers() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        super::super::schema::migrate(&mut connection, std::path::Path::new("memory")).unwrap();
        let fill = "INSERT INTO timer WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < ?1)
                    SELECT randomblob(16), n * 1000000, x'7b7d' FROM n";
        connection.execute(fill, [MANY]).unwrap();
        connection
    }

    fn plan(connection: &Connection, sql: &str) -> Vec<String> {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let nothing = vec![rusqlite::types::Null; statement.parameter_count()];
        let details = statement.query_map(rusqlite::params_from_iter(nothing), |row| row.get(3)).unwrap();
        details.collect::<Result<_, _>>().unwrap()
    }

    /// Steps of the virtual machine that the kept statement took; none of them a scan's or a sort's.
    fn steps(connection: &Connection, sql: &str) -> i32 {
        let statement = connection.prepare_cached(sql).unwrap();
        assert_eq!(statement.get_status(StatementStatus::FullscanStep), 0, "{sql}");
        assert_eq!(statement.get_status(StatementStatus::Sort), 0, "{sql}");
        statement.reset_status(StatementStatus::VmStep)
    }

    #[test]
    fn of_a_million_timers_only_those_that_are_due_are_looked_at() {
        let connection = with_many_timers();
        for _ in 0..2 {
            assert_eq!(plan(&connection, DUE_TIMERS), ["SEARCH timer USING INDEX timer_due (due<?)"]);
            assert_eq!(plan(&connection, NEXT_TIMER), ["SEARCH timer USING COVERING INDEX timer_due"]);
            // With statistics it stays so.
            connection.execute_batch("ANALYZE").unwrap();
        }
        let second = |second| Timestamp::from_second(second).unwrap();
        assert_eq!(due_timers(&connection, second(0), 2_048).unwrap(), []);
        let nothing = steps(&connection, DUE_TIMERS);
        let due = due_timers(&connection, second(MANY), 2_048).unwrap();
        assert_eq!((due.len(), due[0].due, due[2_047].due), (2_048, second(1), second(2_048)));
        let all = steps(&connection, DUE_TIMERS);
        assert!(nothing < 50 && all < 50 * 2_048, "{nothing} and {all} steps");
        assert_eq!(next_timer(&connection).unwrap(), Some(second(1)));
        assert!(steps(&connection, NEXT_TIMER) < 50);
    }
}
