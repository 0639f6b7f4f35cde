//! What the writer knows about the file without asking it. After anything went wrong it is loaded anew:
//! a cache that is ahead of the file would accept what must be refused.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use tokio::sync::watch;

use super::decode;
use super::streams::Streams;
use super::words::Words;
use crate::{Hash, Head, LogError, Position, Stat};

/// The file's end as the running transaction sees it, and the caches.
pub(super) struct State {
    pub head: Head,
    /// Time of the last append. The next one is not before it.
    pub recorded: Timestamp,
    /// Also the greatest stream number.
    pub stream_count: i64,
    pub streams: Streams,
    pub words: Words,
}

impl State {
    pub fn load(connection: &Connection) -> Result<Self, LogError> {
        let sql = "SELECT position, recorded, hash FROM event ORDER BY position DESC LIMIT 1";
        let last = connection.query_row(sql, [], |row| {
            Ok((row.get::<_, Position>(0)?, row.get::<_, i64>(1)?, row.get::<_, [u8; 32]>(2)?))
        });
        let (position, recorded, hash) = match last.optional()? {
            Some((position, micros, hash)) => (position, decode::time(position, micros)?, Hash(hash)),
            None => (0, Timestamp::MIN, Hash::ZERO),
        };
        let sql = "SELECT max(number) FROM generation";
        let generation = connection.query_row(sql, [], |row| row.get(0))?;
        let sql = "SELECT coalesce(max(id), 0) FROM stream";
        let stream_count = connection.query_row(sql, [], |row| row.get(0))?;
        let head = Head { position, generation, hash };
        let (streams, words) = (Streams::default(), Words::default());
        Ok(Self { head, recorded, stream_count, streams, words })
    }

    pub fn stat(&self) -> Stat {
        Stat { head: self.head, events: self.head.position, streams: self.stream_count.unsigned_abs() }
    }
}

/// What is committed, for everybody to see.
pub(super) struct Published {
    stat: Mutex<Stat>,
    pub position: watch::Sender<Position>,
}

impl Published {
    pub fn new(stat: Stat) -> Self {
        Self { stat: Mutex::new(stat), position: watch::Sender::new(stat.head.position) }
    }

    pub fn stat(&self) -> Stat {
        *self.guard()
    }

    /// The position is told last: whoever hears of it finds everything else in place.
    pub fn publish(&self, stat: Stat) {
        *self.guard() = stat;
        let head = stat.head.position;
        self.position.send_if_modified(|position| std::mem::replace(position, head) != head);
    }

    fn guard(&self) -> MutexGuard<'_, Stat> {
        self.stat.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
