//! A whole log out of the file, or into it.

use std::collections::HashMap;

use bytes::Bytes;
use rusqlite::{Connection, params};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::words::Words;
use super::{decode, jobs, read};
use crate::transfer::{Intake, PART_MAX, not_empty};
use crate::{GenerationMark, Hash, Head, KeptCommand, KeptRow, LogError, Part, Position, Record, Timer};

/// Sends everything, inside one reading transaction.
pub(super) fn pour(connection: &Connection, to: &mpsc::Sender<Part>) -> Result<Head, LogError> {
    let transaction = connection.unchecked_transaction()?;
    let send = |part| to.blocking_send(part).map_err(|_| LogError::Closed);
    let generations = jobs::generations(&transaction)?;
    let generation = generations.last().map_or(1, |mark| mark.number);
    let mut head = Head { position: 0, generation, hash: Hash::ZERO };
    send(Part::Generations(generations))?;
    loop {
        let records = read::records(&transaction, head.position, PART_MAX)?;
        let Some(last) = records.last() else { break };
        (head.position, head.hash) = (last.position, last.hash);
        send(Part::Records(records))?;
    }
    in_pages(|after| commands(&transaction, after), |page| send(Part::Commands(page)))?;
    in_pages(|after| rows(&transaction, after), |page| send(Part::Rows(page)))?;
    in_pages(|after| timers(&transaction, after), |page| send(Part::Timers(page)))?;
    send(Part::End(head))?;
    Ok(head)
}

/// Pages that follow each other by their last entry.
fn in_pages<T>(
    page: impl Fn(Option<&T>) -> Result<Vec<T>, LogError>,
    mut send: impl FnMut(Vec<T>) -> Result<(), LogError>,
) -> Result<(), LogError>
where
    T: Clone,
{
    let mut next = page(None)?;
    while let Some(last) = next.last().cloned() {
        send(next)?;
        next = page(Some(&last))?;
    }
    Ok(())
}

fn commands(connection: &Connection, after: Option<&KeptCommand>) -> Result<Vec<KeptCommand>, LogError> {
    let sql = "SELECT id, fingerprint, outcome, first, last, generation, recorded FROM command
               WHERE id > ?1 ORDER BY id LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    // An empty blob stands before every id.
    let after = after.map(|command| command.id.as_bytes().to_vec()).unwrap_or_default();
    let mut found = statement.query(params![after, PART_MAX])?;
    let mut page = Vec::new();
    while let Some(row) = found.next()? {
        let last: Position = row.get(4)?;
        page.push(KeptCommand {
            id: row.get(0)?,
            fingerprint: row.get(1)?,
            outcome: Bytes::from(row.get::<_, Vec<u8>>(2)?),
            first: row.get(3)?,
            last,
            generation: row.get(5)?,
            recorded: decode::time(last, row.get(6)?)?,
        });
    }
    Ok(page)
}

fn rows(connection: &Connection, after: Option<&KeptRow>) -> Result<Vec<KeptRow>, LogError> {
    let sql = "SELECT space, key, value FROM fact WHERE (space, key) > (?1, ?2) ORDER BY space, key LIMIT ?3";
    let mut statement = connection.prepare_cached(sql)?;
    let (space, key) = after.map(|row| (&row.space[..], &row.key[..])).unwrap_or_default();
    let found = statement.query_map(params![space, key, PART_MAX], |row| {
        Ok(KeptRow {
            space: row.get(0)?,
            key: row.get::<_, Vec<u8>>(1)?.into(),
            value: row.get::<_, Vec<u8>>(2)?.into(),
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn timers(connection: &Connection, after: Option<&Timer>) -> Result<Vec<Timer>, LogError> {
    let mut statement =
        connection.prepare_cached("SELECT id, due, body FROM timer WHERE id > ?1 ORDER BY id LIMIT ?2")?;
    let after = after.map(|timer| timer.id.as_bytes().to_vec()).unwrap_or_default();
    let mut found = statement.query(params![after, PART_MAX])?;
    let mut page = Vec::new();
    while let Some(row) = found.next()? {
        let body = row.get::<_, Vec<u8>>(2)?.into();
        page.push(Timer { id: row.get(0)?, due: read::due(row.get(1)?)?, body });
    }
    Ok(page)
}

/// Takes everything, inside one writing transaction, into an empty file.
pub(super) fn fill(connection: &mut Connection, from: &mut mpsc::Receiver<Part>) -> Result<(), LogError> {
    let transaction = connection.transaction()?;
    must_be_empty(&transaction)?;
    let (mut intake, mut filling) = (Intake::default(), Filling::default());
    while let Some(part) = from.blocking_recv() {
        intake.check(&part)?;
        filling.write(&transaction, part)?;
    }
    intake.finish()?;
    Ok(transaction.commit()?)
}

fn must_be_empty(connection: &Connection) -> Result<(), LogError> {
    for (table, what) in [("event", "events"), ("command", "remembered commands"), ("fact", "rows")] {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {table})");
        if connection.query_row(&sql, [], |row| row.get(0))? {
            return Err(not_empty("the log", what));
        }
    }
    Ok(())
}

/// What stands in the file as numbers, while it is filled.
#[derive(Default)]
struct Filling {
    words: Words,
    /// Numbers of streams, by kind and id.
    streams: HashMap<(i64, Uuid), i64>,
}

impl Filling {
    fn write(&mut self, connection: &Connection, part: Part) -> Result<(), LogError> {
        match part {
            Part::Generations(marks) => generations(connection, &marks),
            Part::Records(records) => records.iter().try_for_each(|record| self.record(connection, record)),
            Part::Commands(commands) => commands.iter().try_for_each(|command| keep(connection, command)),
            Part::Rows(rows) => {
                let mut statement =
                    connection.prepare_cached("INSERT INTO fact (space, key, value) VALUES (?1, ?2, ?3)")?;
                rows.iter().try_for_each(|row| {
                    statement.execute(params![row.space, &row.key[..], &row.value[..]])?;
                    Ok(())
                })
            }
            Part::Timers(timers) => {
                let mut statement =
                    connection.prepare_cached("INSERT INTO timer (id, due, body) VALUES (?1, ?2, ?3)")?;
                timers.iter().try_for_each(|timer| {
                    statement.execute(params![timer.id, timer.due.as_microsecond(), &timer.body[..]])?;
                    Ok(())
                })
            }
            Part::End(_) => Ok(()),
        }
    }

    fn record(&mut self, connection: &Connection, record: &Record) -> Result<(), LogError> {
        let stream = self.stream(connection, record)?;
        let kind = self.words.number(connection, &record.kind)?;
        let community = self.words.number(connection, &record.community)?;
        let mut statement = connection.prepare_cached(
            "INSERT INTO event (position, generation, stream, version, id, kind, schema, community,
                 occurred, recorded, command, correlation, causation, actor, hash, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?;
        statement.execute(params![
            record.position,
            record.generation,
            stream,
            record.version,
            record.id,
            kind,
            record.schema,
            community,
            record.occurred.as_microsecond(),
            record.recorded.as_microsecond(),
            record.command,
            (record.correlation != record.command).then_some(record.correlation),
            record.causation,
            record.actor,
            record.hash.0,
            &record.body[..],
        ])?;
        Ok(())
    }

    /// Numbered without gaps, in the order in which streams began.
    fn stream(&mut self, connection: &Connection, record: &Record) -> Result<i64, LogError> {
        let kind = self.words.number(connection, &record.stream.kind)?;
        let name = (kind, record.stream.id);
        if let Some(id) = self.streams.get(&name) {
            return Ok(*id);
        }
        let id = i64::try_from(self.streams.len()).unwrap_or(i64::MAX).saturating_add(1);
        let mut statement = connection.prepare_cached("INSERT INTO stream (id, kind, key) VALUES (?1, ?2, ?3)")?;
        statement.execute((id, kind, record.stream.id))?;
        self.streams.insert(name, id);
        Ok(id)
    }
}

fn generations(connection: &Connection, marks: &[GenerationMark]) -> Result<(), LogError> {
    connection.execute("DELETE FROM generation", [])?;
    marks.iter().try_for_each(|mark| jobs::begin(connection, mark))
}

fn keep(connection: &Connection, command: &KeptCommand) -> Result<(), LogError> {
    let mut statement = connection.prepare_cached(
        "INSERT INTO command (id, fingerprint, outcome, first, last, generation, recorded)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    statement.execute(params![
        command.id,
        command.fingerprint,
        &command.outcome[..],
        command.first,
        command.last,
        command.generation,
        command.recorded.as_microsecond(),
    ])?;
    Ok(())
}
