//! A place in a list: the key of the last item that was given. Nothing is counted or skipped, so the last page
//! costs what the first one does.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// The sort key of an item and, where keys are equal, its number. Letters, digits and `-` when written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    pub(crate) key: i64,
    pub(crate) seq: i64,
}

/// The text is no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("is not a cursor of this list")]
pub struct BadCursor;

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:x}", self.key, self.seq)
    }
}

impl FromStr for Cursor {
    type Err = BadCursor;

    fn from_str(text: &str) -> Result<Self, BadCursor> {
        let (key, seq) = text.split_once('-').ok_or(BadCursor)?;
        let number = |digits: &str| {
            let plain = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
            let number = u64::from_str_radix(digits, 16).ok().filter(|_| plain);
            number.map(u64::cast_signed).ok_or(BadCursor)
        };
        Ok(Self { key: number(key)?, seq: number(seq)? })
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
