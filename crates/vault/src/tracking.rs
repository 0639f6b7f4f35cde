//! The code with which a resident sees, rates and withdraws one request, without an account.
//!
//! It is a keyed hash of request and person, so it is never stored: the log holds a hash of the code that leads
//! to the two ids.

use std::fmt;
use std::str::FromStr;

use bytes::Bytes;
use sandan_domain::{EvaluationId, PersonId, RequestId};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use crate::phone::narrow;
use crate::subkeys::Mark;

/// Space of the log's rows from a code's hash to request and person.
pub const TRACKING: &str = "tracking";

/// Space of the log's rows from the hash of a volunteer's code to evaluation and person.
pub const VOTER: &str = "voter";

/// Crockford's base 32: no `I`, `L`, `O`, `U`.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 13 characters of 5 bits: 65 bits, of which guessing one takes longer than any rate limit allows.
const LENGTH: usize = 13;

/// A resident's tracking code, 13 characters. Shown to its owner, masked in `Debug`, compared in constant time.
#[derive(Clone)]
pub struct TrackingCode(String);

/// What was typed can't be a tracking code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a tracking code of {LENGTH} characters")]
pub struct NotATrackingCode;

impl TrackingCode {
    pub(crate) fn derive(mark: &Mark, request: RequestId, person: PersonId) -> Self {
        Self::from_hash(mark.of(&[request.0.as_bytes(), person.0.as_bytes()]))
    }

    /// A volunteer's. What is hashed is longer than a request's, so that no input is one of both.
    pub(crate) fn of_volunteer(mark: &Mark, evaluation: EvaluationId, person: PersonId) -> Self {
        Self::from_hash(mark.of(&[b"voter", evaluation.0.as_bytes(), person.0.as_bytes()]))
    }

    fn from_hash(hash: [u8; 32]) -> Self {
        let bits = hash[..9].iter().fold(0u128, |bits, byte| bits << 8 | u128::from(*byte)) >> 7;
        let letter = |at: usize| char::from(ALPHABET[(bits >> (5 * at)) as usize & 31]);
        Self((0..LENGTH).rev().map(letter).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The row's key: a hash that only the holder of the master key can work out from a code.
    pub(crate) fn row(&self, mark: &Mark) -> Bytes {
        Bytes::copy_from_slice(&mark.short(&[self.0.as_bytes()]))
    }

    /// The key of a volunteer's row.
    pub(crate) fn voter_row(&self, mark: &Mark) -> Bytes {
        Bytes::copy_from_slice(&mark.short(&[b"voter", self.0.as_bytes()]))
    }
}

/// As people type it: lower case, with blanks or hyphens, `O` for `0`, `I` or `L` for `1`, full-width.
impl FromStr for TrackingCode {
    type Err = NotATrackingCode;

    fn from_str(text: &str) -> Result<Self, NotATrackingCode> {
        let mut code = String::with_capacity(LENGTH);
        for c in text.chars().map(narrow).filter(|c| !is_gap(*c)) {
            if code.len() == LENGTH {
                return Err(NotATrackingCode);
            }
            code.push(letter(c).ok_or(NotATrackingCode)?);
        }
        if code.len() == LENGTH { Ok(Self(code)) } else { Err(NotATrackingCode) }
    }
}

/// Blanks, the hyphen, and the dashes that word processors make of it.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn letter(c: char) -> Option<char> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    ALPHABET.iter().any(|letter| char::from(*letter) == c).then_some(c)
}

impl PartialEq for TrackingCode {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl Eq for TrackingCode {}

impl fmt::Display for TrackingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for TrackingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("‹tracking code›")
    }
}

/// What stands in a tracking row: the two ids.
pub(crate) fn value(about: Uuid, person: PersonId) -> Bytes {
    Bytes::from([*about.as_bytes(), *person.0.as_bytes()].concat())
}

pub(crate) fn parse_value(value: &[u8]) -> Option<(Uuid, PersonId)> {
    let (about, person) = value.split_first_chunk::<16>()?;
    let person = <[u8; 16]>::try_from(person).ok()?;
    Some((Uuid::from_bytes(*about), PersonId(Uuid::from_bytes(person))))
}
