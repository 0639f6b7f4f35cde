//! Checks the whole chain, record by record: that nothing was changed, lost, swapped or put in between.

use std::collections::HashMap;

use jiff::Timestamp;
use uuid::Uuid;

use crate::chain::{Hash, Header, digest, link};
use crate::record::{Generation, Head, Position, Record, Version};
use crate::{Log, LogError};

/// Records asked for at a time.
const PAGE_RECORDS: usize = 1_000;

/// A log whose every record is as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The last record that was checked.
    pub head: Head,
    pub streams: u64,
}

/// The first record that can't be what was written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("position {position}: {what}")]
pub struct BadPosition {
    pub position: Position,
    pub what: String,
}

/// Reads the log from its first record to the head of this moment. The outer error: it can't be read.
///
/// Memory grows with the number of streams (about 60 bytes each), not with the number of records.
pub async fn verify(log: &dyn Log) -> Result<Result<Verified, BadPosition>, LogError> {
    let head = log.head().await?;
    let mut checker = Checker::default();
    while checker.head.position < head.position {
        let page = match log.read(checker.head.position, PAGE_RECORDS).await {
            Err(LogError::Damaged { position, what }) => {
                return Ok(Err(BadPosition { position, what }));
            }
            page => page?,
        };
        let checked = page.iter().try_for_each(|record| checker.check(record));
        if let Err(bad) = checked.and_then(|()| checker.not_ended(page.is_empty())) {
            return Ok(Err(bad));
        }
    }
    Ok(Ok(checker.finish()))
}

/// Takes the records in order, and remembers what the next one must fit to.
pub(crate) struct Checker {
    pub head: Head,
    recorded: Timestamp,
    kinds: Vec<String>,
    versions: HashMap<(usize, Uuid), Version>,
}

impl Default for Checker {
    fn default() -> Self {
        Self {
            head: Head { position: 0, generation: 1, hash: Hash::ZERO },
            recorded: Timestamp::MIN,
            kinds: Vec::new(),
            versions: HashMap::new(),
        }
    }
}

impl Checker {
    /// The next record must stand at the next position, the next version, and carry the right hash.
    pub fn check(&mut self, record: &Record) -> Result<(), BadPosition> {
        let position = self.head.position + 1;
        self.require(record.position == position, || format!("position {} stands here", record.position))?;
        self.check_version(record)?;
        self.check_order(record.generation, record.recorded)?;
        let digest = digest(&Header::from(record), &record.body);
        let hash = link(&self.head.hash, position, record.recorded, &digest);
        self.require(record.hash == hash, || format!("hash is {}, not {hash}", record.hash))?;
        self.head = Head { position, generation: record.generation, hash };
        self.recorded = record.recorded;
        Ok(())
    }

    /// A page without records before the head means that the rest is missing.
    pub fn not_ended(&self, ended: bool) -> Result<(), BadPosition> {
        self.require(!ended, || "the record is missing".to_owned())
    }

    pub fn finish(self) -> Verified {
        Verified { head: self.head, streams: self.versions.len() as u64 }
    }

    fn check_version(&mut self, record: &Record) -> Result<(), BadPosition> {
        let stream = (self.kind(&record.stream.kind), record.stream.id);
        let last = self.versions.entry(stream).or_default();
        let expected = *last + 1;
        *last = expected;
        self.require(record.version == expected, || {
            format!("stream {} goes on with version {}, not {expected}", record.stream, record.version)
        })
    }

    fn check_order(&self, generation: Generation, recorded: Timestamp) -> Result<(), BadPosition> {
        let last = self.head.generation;
        self.require(generation >= last, || format!("generation {generation} follows {last}"))?;
        let before = self.recorded;
        self.require(recorded >= before, || format!("recorded at {recorded}, before {before}"))
    }

    /// Kinds are few: a number each keeps the table of versions small.
    fn kind(&mut self, kind: &str) -> usize {
        let known = self.kinds.iter().position(|known| known == kind);
        known.unwrap_or_else(|| {
            self.kinds.push(kind.to_owned());
            self.kinds.len() - 1
        })
    }

    fn require(&self, holds: bool, what: impl FnOnce() -> String) -> Result<(), BadPosition> {
        match holds {
            true => Ok(()),
            false => Err(BadPosition { position: self.head.position + 1, what: what() }),
        }
    }
}
