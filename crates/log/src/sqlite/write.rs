//! Writing an accepted append: its events, rows, timers, and what is remembered of its commands.

use bytes::Bytes;
use rusqlite::params;
use uuid::Uuid;

use super::settle::Batch;
use crate::append::{NewEvent, RowChange, TimerChange};
use crate::prepare::{Numbered, Prepared};
use crate::{Append, Appended, LogError, Position, link};

impl Batch<'_> {
    /// Everything was checked: from here on only the storage can fail.
    pub(super) fn write(&mut self, prepared: &Prepared) -> Result<Appended, LogError> {
        let append = &prepared.append;
        let before = self.state.head.position;
        for (event, number) in append.events.iter().zip(&prepared.events) {
            self.write_event(event, number, append.command.id)?;
        }
        self.keep_streams(append);
        append.rows.iter().try_for_each(|change| self.change_row(change))?;
        append.timers.iter().try_for_each(|change| self.change_timer(change))?;
        self.state.recorded = self.recorded;
        let receipt = self.receipt(before, &append.command.outcome);
        self.remember(append.command.id, Some(&append.command.fingerprint), &receipt)?;
        append.also.iter().try_for_each(|id| self.remember(*id, None, &receipt))?;
        Ok(receipt)
    }

    fn write_event(&mut self, event: &NewEvent, number: &Numbered, command: Uuid) -> Result<(), LogError> {
        let stream = self.stream_id(event, number.stream)?;
        self.streams[number.stream].version = number.version;
        let kind = self.state.words.number(self.connection, event.kind)?;
        let community = self.state.words.number(self.connection, &event.community)?;
        let head = &mut self.state.head;
        head.position += 1;
        head.hash = link(&head.hash, head.position, self.recorded, &number.digest);
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO event (position, generation, stream, version, id, kind, schema, community,
                 occurred, recorded, command, correlation, causation, actor, hash, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)",
        )?;
        statement.execute(params![
            head.position,
            head.generation,
            stream,
            number.version,
            event.id,
            kind,
            event.schema,
            community,
            event.occurred.as_microsecond(),
            self.recorded.as_microsecond(),
            command,
            (event.correlation != command).then_some(event.correlation),
            event.causation,
            event.actor,
            head.hash.0,
            &event.body[..],
        ])?;
        Ok(())
    }

    /// The stream's number in the file; a new stream gets the next one.
    fn stream_id(&mut self, event: &NewEvent, index: usize) -> Result<i64, LogError> {
        if self.streams[index].id == 0 {
            let kind = self.state.words.number(self.connection, &event.stream.kind)?;
            let id = self.state.stream_count + 1;
            let sql = "INSERT INTO stream (id, kind, key) VALUES (?1, ?2, ?3)";
            self.connection.prepare_cached(sql)?.execute((id, kind, event.stream.id))?;
            self.state.stream_count = id;
            self.streams[index].id = id;
        }
        Ok(self.streams[index].id)
    }

    fn keep_streams(&mut self, append: &Append) {
        for (expect, stream) in append.expect.iter().zip(&self.streams) {
            if stream.version != expect.version {
                self.state.streams.put(expect.stream.clone(), *stream);
            }
        }
    }

    fn change_row(&self, change: &RowChange) -> Result<(), LogError> {
        match change {
            RowChange::Claim { space, key, value } | RowChange::Put { space, key, value } => {
                let sql = "INSERT OR REPLACE INTO fact (space, key, value) VALUES (?1, ?2, ?3)";
                let row = params![space, &key[..], &value[..]];
                self.connection.prepare_cached(sql)?.execute(row)?;
            }
            RowChange::Delete { space, key } => {
                let sql = "DELETE FROM fact WHERE space = ?1 AND key = ?2";
                self.connection.prepare_cached(sql)?.execute(params![space, &key[..]])?;
            }
        }
        Ok(())
    }

    fn change_timer(&self, change: &TimerChange) -> Result<(), LogError> {
        match change {
            TimerChange::Set(timer) => {
                let sql = "INSERT OR REPLACE INTO timer (id, due, body) VALUES (?1, ?2, ?3)";
                let row = params![timer.id, timer.due.as_microsecond(), &timer.body[..]];
                self.connection.prepare_cached(sql)?.execute(row)?;
            }
            TimerChange::Cancel(id) => {
                self.connection.prepare_cached("DELETE FROM timer WHERE id = ?1")?.execute([id])?;
            }
        }
        Ok(())
    }

    fn receipt(&self, before: Position, outcome: &Bytes) -> Appended {
        let head = self.state.head;
        Appended {
            first: head.position.min(before + 1),
            last: head.position,
            generation: head.generation,
            hash: head.hash,
            recorded: self.recorded,
            replayed: false,
            outcome: outcome.clone(),
        }
    }

    /// No fingerprint for a command that this append fulfils without knowing its content.
    fn remember(&self, id: Uuid, fingerprint: Option<&[u8; 32]>, receipt: &Appended) -> Result<(), LogError> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO command (id, fingerprint, outcome, first, last, generation, recorded)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        statement.execute(params![
            id,
            fingerprint,
            &receipt.outcome[..],
            receipt.first,
            receipt.last,
            receipt.generation,
            receipt.recorded.as_microsecond(),
        ])?;
        Ok(())
    }
}
