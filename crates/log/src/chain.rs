//! The hash chain: what makes a changed, lost or swapped record visible.
//!
//! A *digest* covers everything the caller decided about one record. A *link* chains that digest to the
//! record before it and to what the log itself decided: position and time. Digests are worked out by many
//! callers at once; only the short links are made one after the other.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::record::{Position, Record, StreamName, Version};

/// A SHA-256 hash. All zero stands for "nothing before".
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The hash before the first record.
    pub const ZERO: Self = Self([0; 32]);
}

/// The part of a record that its digest covers, beside the body.
#[derive(Clone, Copy, Debug)]
pub struct Header<'a> {
    pub stream: &'a StreamName,
    pub version: Version,
    pub id: Uuid,
    pub kind: &'a str,
    pub schema: u16,
    pub community: &'a str,
    pub occurred: Timestamp,
    pub command: Uuid,
    pub correlation: Uuid,
    pub causation: Option<Uuid>,
    pub actor: &'a str,
}

impl<'a> From<&'a Record> for Header<'a> {
    fn from(record: &'a Record) -> Self {
        Self {
            stream: &record.stream,
            version: record.version,
            id: record.id,
            kind: &record.kind,
            schema: record.schema,
            community: &record.community,
            occurred: record.occurred,
            command: record.command,
            correlation: record.correlation,
            causation: record.causation,
            actor: &record.actor,
        }
    }
}

/// SHA-256 over header and body. Every field of variable length is preceded by its length, so two
/// different records never give the same bytes. `occurred` counts in whole microseconds.
pub fn digest(header: &Header<'_>, body: &[u8]) -> Hash {
    let mut hasher = Sha256::new_with_prefix(b"sandan.record.1");
    text(&mut hasher, header.stream.kind.as_bytes());
    hasher.update(header.stream.id.as_bytes());
    hasher.update(header.version.to_be_bytes());
    hasher.update(header.id.as_bytes());
    text(&mut hasher, header.kind.as_bytes());
    hasher.update(header.schema.to_be_bytes());
    text(&mut hasher, header.community.as_bytes());
    hasher.update(header.occurred.as_microsecond().to_be_bytes());
    hasher.update(header.command.as_bytes());
    hasher.update(header.correlation.as_bytes());
    hasher.update([u8::from(header.causation.is_some())]);
    hasher.update(header.causation.unwrap_or_default().as_bytes());
    text(&mut hasher, header.actor.as_bytes());
    text(&mut hasher, body);
    Hash(hasher.finalize().into())
}

/// The hash of the record at `position`: chains its digest to the hash of the record before.
pub fn link(previous: &Hash, position: Position, recorded: Timestamp, digest: &Hash) -> Hash {
    let mut hasher = Sha256::new_with_prefix(b"sandan.link.1");
    hasher.update(previous.0);
    hasher.update(position.to_be_bytes());
    hasher.update(recorded.as_microsecond().to_be_bytes());
    hasher.update(digest.0);
    Hash(hasher.finalize().into())
}

fn text(hasher: &mut Sha256, bytes: &[u8]) {
    hasher.update((bytes.len() as u64).to_be_bytes());
    hasher.update(bytes);
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Text that is not a hash.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a hash is 64 hexadecimal digits")]
pub struct NotAHash;

impl FromStr for Hash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(NotAHash);
        }
        let mut hash = [0; 32];
        for (byte, pair) in hash.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Ok(Self(hash))
    }
}

fn nibble(digit: u8) -> Result<u8, NotAHash> {
    let value = char::from(digit).to_digit(16).ok_or(NotAHash)?;
    u8::try_from(value).map_err(|_| NotAHash)
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.to_string()
    }
}

impl TryFrom<String> for Hash {
    type Error = NotAHash;

    fn try_from(text: String) -> Result<Self, NotAHash> {
        text.parse()
    }
}
