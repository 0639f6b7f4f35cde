//! The peer: a plain loop that does one SQLite transaction a command, on the same file system.
//!
//! It does what such a program would do at least: looks the command id up, checks the stream's version, writes
//! the event and the command, and commits with a real fsync. No hash chain, no sealing, no reactions.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;

/// About the size of a sealed event.
const BODY_BYTES: usize = 600;

#[derive(Clone)]
pub struct Peer(Arc<Mutex<Connection>>);

impl Peer {
    pub fn open(path: &Path) -> anyhow::Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch(
            "PRAGMA journal_mode=wal; PRAGMA synchronous=full;
             CREATE TABLE event (position INTEGER PRIMARY KEY, stream BLOB, version INTEGER, body BLOB, UNIQUE (stream, version));
             CREATE TABLE command (id BLOB PRIMARY KEY) WITHOUT ROWID;",
        )?;
        Ok(Self(Arc::new(Mutex::new(connection))))
    }

    /// One command, one transaction. Blocks.
    pub fn append(&self, stream: Uuid, version: u32) -> anyhow::Result<()> {
        let mut connection = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction()?;
        let command = Uuid::now_v7();
        let known = transaction
            .prepare_cached("SELECT 1 FROM command WHERE id = ?1")?
            .query_row(params![command.as_bytes()], |_| Ok(()))
            .optional()?;
        let last: Option<u32> = transaction
            .prepare_cached("SELECT max(version) FROM event WHERE stream = ?1")?
            .query_row(params![stream.as_bytes()], |row| row.get(0))?;
        anyhow::ensure!(known.is_none() && last.unwrap_or(0) == version, "conflict");
        transaction
            .prepare_cached("INSERT INTO event (stream, version, body) VALUES (?1, ?2, ?3)")?
            .execute(params![stream.as_bytes(), version + 1, [b'x'; BODY_BYTES]])?;
        transaction.prepare_cached("INSERT INTO command VALUES (?1)")?.execute(params![command.as_bytes()])?;
        transaction.commit().context("commit")
    }
}

/// Batches of 1,000 rows in one transaction each: as fast as the same table can be filled.
pub fn batches(path: &Path, run: std::time::Duration) -> anyhow::Result<f64> {
    let peer = Peer::open(path)?;
    let mut connection = peer.0.lock().unwrap_or_else(PoisonError::into_inner);
    let begun = std::time::Instant::now();
    let mut rows = 0_u64;
    while begun.elapsed() < run {
        let transaction = connection.transaction()?;
        for _ in 0..1_000 {
            let (stream, command) = (Uuid::now_v7(), Uuid::now_v7());
            transaction
                .prepare_cached("INSERT INTO event (stream, version, body) VALUES (?1, 1, ?2)")?
                .execute(params![stream.as_bytes(), [b'x'; BODY_BYTES]])?;
            transaction.prepare_cached("INSERT INTO command VALUES (?1)")?.execute(params![command.as_bytes()])?;
        }
        transaction.commit()?;
        rows += 1_000;
    }
    Ok(rows as f64 / begun.elapsed().as_secs_f64())
}
