//! One append inside its batch's transaction: checked by itself, and refused without a trace or written.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};

use super::state::State;
use super::streams::Stream;
use super::{decode, read};
use crate::fate;
use crate::lease::Leases;
use crate::prepare::{self, Prepared};
use crate::{Append, AppendError, Appended, Hash, claims};

/// The transaction and what it has changed so far.
pub(super) struct Batch<'a> {
    pub(super) connection: &'a Connection,
    pub(super) state: &'a mut State,
    leases: &'a Leases,
    pub(super) recorded: Timestamp,
    /// The streams of the append at hand, in the order of its expectations.
    pub(super) streams: Vec<Stream>,
}

impl<'a> Batch<'a> {
    pub fn new(connection: &'a Connection, state: &'a mut State, leases: &'a Leases, recorded: Timestamp) -> Self {
        Self { connection, state, leases, recorded, streams: Vec::new() }
    }

    /// The append's answer. [`AppendError::Log`] spoils the whole batch, any other error this append alone.
    pub fn settle(&mut self, prepared: &Prepared) -> Result<Appended, AppendError> {
        let append = &prepared.append;
        fate::check(append)?;
        if let Some(receipt) = self.replay(append)? {
            return Ok(receipt);
        }
        self.check(append)?;
        Ok(self.write(prepared)?)
    }

    /// The first receipt of a command that was accepted before.
    fn replay(&self, append: &Append) -> Result<Option<Appended>, AppendError> {
        let id = append.command.id;
        let mut statement = self.connection.prepare_cached(
            "SELECT fingerprint, outcome, first, last, generation, recorded,
                    (SELECT hash FROM event WHERE position = last)
             FROM command WHERE id = ?1",
        )?;
        let found = statement.query_row([id], |row| {
            let receipt = Appended {
                outcome: row.get::<_, Vec<u8>>(1)?.into(),
                first: row.get(2)?,
                last: row.get(3)?,
                generation: row.get(4)?,
                hash: Hash(row.get::<_, Option<_>>(6)?.unwrap_or_default()),
                recorded: Timestamp::UNIX_EPOCH,
                replayed: true,
            };
            Ok((row.get::<_, Option<[u8; 32]>>(0)?, row.get(5)?, receipt))
        });
        let Some((fingerprint, micros, receipt)) = found.optional()? else {
            return Ok(None);
        };
        if fingerprint.is_some_and(|known| known != append.command.fingerprint) {
            return Err(AppendError::CommandReused(id));
        }
        let recorded = decode::time(receipt.last, micros)?;
        Ok(Some(Appended { recorded, ..receipt }))
    }

    fn check(&mut self, append: &Append) -> Result<(), AppendError> {
        for id in &append.also {
            let sql = "SELECT 1 FROM command WHERE id = ?1";
            if self.connection.prepare_cached(sql)?.exists([id])? {
                return Err(AppendError::CommandReused(*id));
            }
        }
        self.leases.check(append.fence.as_ref())?;
        prepare::check_generation(append, self.state.head.generation)?;
        self.streams.clear();
        for expect in &append.expect {
            let State { streams, words, .. } = &mut *self.state;
            let stream = streams.find(self.connection, words, &expect.stream)?;
            if stream.version != expect.version {
                let (name, expected) = (expect.stream.clone(), expect.version);
                return Err(AppendError::Conflict { stream: name, expected, actual: stream.version });
            }
            self.streams.push(stream);
        }
        claims::check(&append.rows, |space, key| Ok(read::row(self.connection, space, key)?))
    }
}
