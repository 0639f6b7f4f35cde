//! A whole log out of one store and into another: records with their positions, hashes and generations, and beside
//! them what was remembered, the rows and the timers, all as they stood at one moment.
//!
//! One side pours, the other fills, and parts travel through a channel between them. Leases stay behind: nobody
//! holds a job of a log that was just moved.

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::record::{Generation, GenerationMark, Head, Position, Record};
use crate::verify::Checker;
use crate::{Log, LogError, Timer};

/// Entries in a part, at most.
pub(crate) const PART_MAX: usize = 1_000;

/// Some of a log. Kinds follow each other in this order, and the end comes once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    Generations(Vec<GenerationMark>),
    /// In order, without gaps.
    Records(Vec<Record>),
    Commands(Vec<KeptCommand>),
    Rows(Vec<KeptRow>),
    Timers(Vec<Timer>),
    /// Nothing is missing: the log stood here.
    End(Head),
}

/// A remembered command as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCommand {
    pub id: Uuid,
    /// `None`: fulfilled by another command.
    pub fingerprint: Option<[u8; 32]>,
    pub outcome: Bytes,
    pub first: Position,
    pub last: Position,
    pub generation: Generation,
    pub recorded: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRow {
    pub space: String,
    pub key: Bytes,
    pub value: Bytes,
}

/// A log that can be moved whole.
#[async_trait]
pub trait Movable: Log {
    /// Sends everything as it stands at one moment; appends go on meanwhile. Ends early, with
    /// [`LogError::Closed`], if nobody takes the parts any more.
    async fn pour(&self, to: mpsc::Sender<Part>) -> Result<Head, LogError>;

    /// Takes all parts into this log, which must be empty, in one transaction: all or nothing. Every record must
    /// fit to the one before it, and the last to [`Part::End`]; parts that break off before it are undone.
    ///
    /// [`LogError::Unusable`] if anything was ever written to this log. Open it anew before it is used.
    async fn fill(&self, from: mpsc::Receiver<Part>) -> Result<(), LogError>;
}

/// What a store that is being filled does with parts. Reading and writing may wait: whoever fills has a thread or a
/// connection of its own.
#[derive(Default)]
pub(crate) struct Intake {
    checker: Checker,
    ended: bool,
}

impl Intake {
    /// Looks at a part before it is written.
    pub fn check(&mut self, part: &Part) -> Result<(), LogError> {
        match part {
            Part::Records(records) => records.iter().try_for_each(|record| {
                let checked = self.checker.check(record);
                checked.map_err(|bad| LogError::Damaged { position: bad.position, what: bad.what })
            }),
            Part::End(head) => {
                self.ended = true;
                let stands = self.checker.head;
                match (stands.position, stands.hash) == (head.position, head.hash) {
                    true => Ok(()),
                    false => Err(broken_off(format!("it ends at {}, not at {}", stands.position, head.position))),
                }
            }
            Part::Generations(_) | Part::Commands(_) | Part::Rows(_) | Part::Timers(_) => Ok(()),
        }
    }

    /// Whether it came to its end.
    pub fn finish(&self) -> Result<(), LogError> {
        match self.ended {
            true => Ok(()),
            false => Err(broken_off(format!("it broke off after position {}", self.checker.head.position))),
        }
    }
}

fn broken_off(what: String) -> LogError {
    LogError::Storage(format!("the log that was to be taken in is not whole: {what}"))
}

/// The target of a move was used before.
pub(crate) fn not_empty(log: &str, what: &str) -> LogError {
    LogError::Unusable(format!("{log} is not empty: it has {what}"))
}
