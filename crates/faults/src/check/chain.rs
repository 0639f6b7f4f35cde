//! The log in itself: positions and versions without gaps, and a chain that verifies, record by record. Unlike the log's
//! own `verify` it goes on after the first bad place.

use std::collections::{HashMap, HashSet};

use sandan_log::{Hash, Header, Record, StreamName, digest, link};

use super::Found;
use super::promise::{CHAIN, DENSE, ONCE, VERSIONS};

/// Returns the number of streams.
pub(super) fn check(records: &[Record], found: &mut Found) -> usize {
    let mut versions: HashMap<&StreamName, u64> = HashMap::new();
    let mut ids = HashSet::new();
    let (mut position, mut hash) = (0, Hash::ZERO);
    for record in records {
        let at = record.position;
        if at != position + 1 {
            found.add(DENSE, format!("position {at} follows {position}"));
        }
        let version = versions.entry(&record.stream).or_default();
        if record.version != *version + 1 {
            let (stream, last) = (&record.stream, *version);
            found.add(VERSIONS, format!("position {at}: {stream} goes on with {} after {last}", record.version));
        }
        *version = record.version;
        let expected = link(&hash, at, record.recorded, &digest(&Header::from(record), &record.body));
        if record.hash != expected {
            found.add(CHAIN, format!("position {at}: hash is {}, not {expected}", record.hash));
        }
        if !ids.insert(record.id) {
            found.add(ONCE, format!("position {at}: event {} is there already", record.id));
        }
        (position, hash) = (at, record.hash);
    }
    versions.len()
}
