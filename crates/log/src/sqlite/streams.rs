//! The streams that were written lately, so that an append to one of them asks no index.
//!
//! Two halves: when the young one is full it becomes the old one, and what was not used for two halves is
//! forgotten. That is close enough to "least recently used" and costs one lookup.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

use super::words::Words;
use crate::{StreamName, Version};

/// Streams in one half: about 6 MB in both.
const HALF_STREAMS_MAX: usize = 32_768;

/// A stream's number in the file and its last version. Both 0: it does not exist.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Stream {
    pub id: i64,
    pub version: Version,
}

#[derive(Default)]
pub(super) struct Streams {
    young: HashMap<StreamName, Stream>,
    old: HashMap<StreamName, Stream>,
}

impl Streams {
    /// The stream as the running transaction sees it.
    pub fn find(
        &mut self,
        connection: &Connection,
        words: &mut Words,
        name: &StreamName,
    ) -> Result<Stream, rusqlite::Error> {
        if let Some(stream) = self.young.get(name) {
            return Ok(*stream);
        }
        let stream = match self.old.remove(name) {
            Some(stream) => stream,
            None => stored(connection, words, name)?,
        };
        // Most streams that do not exist are about to be created and put here anyway.
        if stream.id != 0 {
            self.put(name.clone(), stream);
        }
        Ok(stream)
    }

    pub fn put(&mut self, name: StreamName, stream: Stream) {
        if self.young.len() >= HALF_STREAMS_MAX {
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(name, stream);
    }
}

fn stored(connection: &Connection, words: &mut Words, name: &StreamName) -> Result<Stream, rusqlite::Error> {
    let Some(kind) = words.find(connection, &name.kind)? else {
        return Ok(Stream::default());
    };
    let mut statement = connection.prepare_cached(
        "SELECT id, (SELECT coalesce(max(version), 0) FROM event WHERE stream = stream.id)
         FROM stream WHERE key = ?1 AND kind = ?2",
    )?;
    let stream = statement.query_row((name.id, kind), |row| Ok(Stream { id: row.get(0)?, version: row.get(1)? }));
    Ok(stream.optional()?.unwrap_or_default())
}
