//! What is read from the log: records, and where the log stands.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use jiff::Timestamp;
use uuid::Uuid;

use crate::chain::Hash;

/// Place in the log, from 1, without gaps. 0 is "before the first".
pub type Position = u64;
/// Place in a stream, from 1, without gaps. 0 is "the stream does not exist".
pub type Version = u64;
/// Raised when history forks (a restored backup, a promoted standby). Starts at 1.
pub type Generation = u32;

/// One stream: the events of one aggregate.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StreamName {
    /// Lower-case noun: `request`, `review`, `unit`, `community`.
    pub kind: Cow<'static, str>,
    pub id: Uuid,
}

impl StreamName {
    /// Names the stream of kind `kind` with id `id`.
    pub fn new(kind: impl Into<Cow<'static, str>>, id: Uuid) -> Self {
        Self { kind: kind.into(), id }
    }
}

impl fmt::Display for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}

impl fmt::Debug for StreamName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// One event as it stands in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub position: Position,
    pub generation: Generation,
    pub stream: StreamName,
    pub version: Version,
    /// The event's own id.
    pub id: Uuid,
    /// The event's type, for example `sandan.request.filed`.
    pub kind: String,
    /// Number of the body's schema, from 1.
    pub schema: u16,
    /// Slug of the community that the event belongs to.
    pub community: String,
    /// When it happened.
    pub occurred: Timestamp,
    /// When it was written here.
    pub recorded: Timestamp,
    /// The command that caused it.
    pub command: Uuid,
    /// Everything that followed from one wish shares this id.
    pub correlation: Uuid,
    /// The event or timer that caused the command, if it was not a person.
    pub causation: Option<Uuid>,
    /// Who: a role and an id, never a person's name.
    pub actor: String,
    /// The exact bytes that were hashed.
    pub body: Bytes,
    /// [`crate::link`] of the previous record's hash, this position and this record's digest.
    pub hash: Hash,
}

/// The beginning of a generation: up to and including `after`, history is the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GenerationMark {
    pub number: Generation,
    /// What was given out beyond this position in the generation before is not in this log.
    pub after: Position,
    /// `None` for the first, and where it was not noted.
    pub begun: Option<Timestamp>,
    /// For operators, in a few words; empty for the first.
    pub why: String,
}

/// Where the log stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub position: Position,
    pub generation: Generation,
    /// Hash of the record at `position`; all zero for an empty log.
    pub hash: Hash,
}

/// The head with the sizes an operator asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stat {
    pub head: Head,
    pub events: u64,
    pub streams: u64,
}
