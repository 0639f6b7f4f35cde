//! Words that repeat in every event (kinds, communities) and stand in the file as numbers.

use std::collections::HashMap;

use rusqlite::{Connection, OptionalExtension};

/// A log has some dozens; the bound is for a log that is misused.
const WORDS_CACHED_MAX: usize = 4_096;

#[derive(Default)]
pub(super) struct Words {
    ids: HashMap<String, i64>,
}

impl Words {
    /// The word's number, if the file has it.
    pub fn find(&mut self, connection: &Connection, text: &str) -> Result<Option<i64>, rusqlite::Error> {
        if let Some(id) = self.ids.get(text) {
            return Ok(Some(*id));
        }
        let mut statement = connection.prepare_cached("SELECT id FROM word WHERE text = ?1")?;
        let id = statement.query_row([text], |row| row.get(0)).optional()?;
        if let Some(id) = id {
            self.keep(text, id);
        }
        Ok(id)
    }

    /// The word's number; a new word is written.
    pub fn number(&mut self, connection: &Connection, text: &str) -> Result<i64, rusqlite::Error> {
        if let Some(id) = self.find(connection, text)? {
            return Ok(id);
        }
        let mut statement = connection.prepare_cached("INSERT INTO word (text) VALUES (?1)")?;
        let id = statement.insert([text])?;
        self.keep(text, id);
        Ok(id)
    }

    fn keep(&mut self, text: &str, id: i64) {
        if self.ids.len() >= WORDS_CACHED_MAX {
            self.ids.clear();
        }
        self.ids.insert(text.to_owned(), id);
    }
}
