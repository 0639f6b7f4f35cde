//! What is given to the log: one command's events, conditions, rows and timers, all or nothing.

use bytes::Bytes;
use jiff::Timestamp;
use uuid::Uuid;

use crate::chain::Hash;
use crate::fate::Fate;
use crate::lease::Fence;
use crate::record::{Generation, Position, StreamName, Version};

/// One command's wish. Accepted whole or refused whole.
#[derive(Clone, Debug)]
pub struct Append {
    /// The command itself: remembered when accepted, so that a repeat is answered and not done again.
    pub command: Command,
    /// Further command ids that this append also fulfils (reactions folded into it). Whoever sends one of
    /// them later gets this append's receipt and outcome.
    pub also: Vec<Uuid>,
    /// The lease under which this is appended: refused once somebody else has taken the job.
    pub fence: Option<Fence>,
    /// The generation in which what was decided on was read; see [`crate::Log::generation`]. Refused in a newer
    /// one, whose history may differ. `None`: decided on nothing that was read.
    pub generation: Option<Generation>,
    /// Versions that must still hold. Every stream written to must be named here.
    pub expect: Vec<Expect>,
    /// In order. Events of one stream are numbered from its expected version on.
    pub events: Vec<NewEvent>,
    pub rows: Vec<RowChange>,
    pub timers: Vec<TimerChange>,
    /// What becomes of this append, for whoever decides on what it will leave behind while it is under way.
    pub fate: Fate,
    /// The appends that this one was decided upon while they were under way, all of them given to the log before it.
    /// Refused if nothing came of one of them.
    pub upon: Vec<Fate>,
}

impl Append {
    /// Only remembers `command`, until something is added.
    pub fn new(command: Command) -> Self {
        Self {
            command,
            also: Vec::new(),
            fence: None,
            generation: None,
            expect: Vec::new(),
            events: Vec::new(),
            rows: Vec::new(),
            timers: Vec::new(),
            fate: Fate::default(),
            upon: Vec::new(),
        }
    }
}

/// A command's identity and what to answer when it comes again.
#[derive(Clone, Debug)]
pub struct Command {
    pub id: Uuid,
    /// Digest of the command's content.
    pub fingerprint: [u8; 32],
    /// Returned as it is to whoever repeats the command.
    pub outcome: Bytes,
}

/// The version a stream must have for the append to be accepted; 0: it must not exist yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expect {
    pub stream: StreamName,
    pub version: Version,
}

/// An event to be written. See [`crate::Record`] for the fields.
#[derive(Clone, Debug)]
pub struct NewEvent {
    pub stream: StreamName,
    pub id: Uuid,
    pub kind: &'static str,
    pub schema: u16,
    pub community: String,
    pub occurred: Timestamp,
    pub correlation: Uuid,
    pub causation: Option<Uuid>,
    pub actor: String,
    pub body: Bytes,
}

/// A small durable fact beside the events: a business key, a person's wrapped key, a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowChange {
    /// Writes the row if its key is free; otherwise the whole append fails with `KeyTaken`.
    Claim { space: &'static str, key: Bytes, value: Bytes },
    /// Writes the row, whatever was there.
    Put { space: &'static str, key: Bytes, value: Bytes },
    /// Removes the row if it is there.
    Delete { space: &'static str, key: Bytes },
}

/// A promise with a due time, kept in whole microseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    pub id: Uuid,
    pub due: Timestamp,
    pub body: Bytes,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TimerChange {
    /// Sets the timer; one with the same id is replaced.
    Set(Timer),
    /// Removes the timer if it is pending.
    Cancel(Uuid),
}

/// The receipt of an accepted append.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// First and last position written; both the head of that moment if there was no event.
    pub first: Position,
    pub last: Position,
    pub generation: Generation,
    /// Hash of the record at `last`.
    pub hash: Hash,
    pub recorded: Timestamp,
    /// The command was accepted before, and this is its first receipt. A shared log says so also where the first
    /// answer got lost on its way here.
    pub replayed: bool,
    /// The outcome given with the command when it was accepted first.
    pub outcome: Bytes,
}
