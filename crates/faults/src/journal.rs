//! What clients wished and what they were told: one JSON line before a command is first sent, and one when it is over.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// One command, from its first try to its last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The idempotency key of all its tries.
    pub key: Uuid,
    /// Who wished it: `dispatcher`, `unit:power`, `resident`, …
    pub caller: String,
    pub path: String,
    /// Type of the event that it writes when accepted.
    pub event: String,
    /// The stream that it is about, if it was known before or the answer named it.
    pub stream: Option<Uuid>,
    /// Nobody else can make the rules say no to it: to refuse it is wrong.
    #[serde(default)]
    pub permitted: bool,
    /// The last answer; `None`: there never was one, so it may be in the log or not.
    pub status: Option<u16>,
    /// Of an accepted command.
    pub position: Option<u64>,
    pub tries: u32,
}

impl Entry {
    /// It must be in the log.
    pub fn is_acknowledged(&self) -> bool {
        self.status.is_some_and(|status| (200..300).contains(&status))
    }

    /// It must not be in the log: it was refused, by an answer that is final. A try before may have got further than
    /// its caller heard only if there was one.
    pub fn is_refused(&self) -> bool {
        self.is_told_no() && self.tries == 1
    }

    /// The last answer was a refusal.
    pub fn is_told_no(&self) -> bool {
        self.status.is_some_and(|status| (400..500).contains(&status))
    }
}

/// The file. Several clients write to it.
pub struct Journal(Mutex<File>);

impl Journal {
    pub fn create(path: &Path) -> Result<Self> {
        let file = OpenOptions::new().create_new(true).append(true).open(path);
        Ok(Self(Mutex::new(file.with_context(|| format!("make the journal {}", path.display()))?)))
    }

    pub fn write(&self, entry: &Entry) -> Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(&line).context("write the journal")
    }

    /// Every command once, as its last line has it, in the order in which they were begun.
    pub fn read(path: &Path) -> Result<Vec<Entry>> {
        let file = File::open(path).with_context(|| format!("read the journal {}", path.display()))?;
        let mut entries: Vec<Entry> = Vec::new();
        let mut places = HashMap::new();
        for line in BufReader::new(file).lines() {
            let entry: Entry = serde_json::from_str(&line?).context("a line of the journal")?;
            let place = *places.entry(entry.key).or_insert(entries.len());
            match entries.get_mut(place) {
                Some(before) => *before = entry,
                None => entries.push(entry),
            }
        }
        Ok(entries)
    }
}
