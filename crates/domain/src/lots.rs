//! Drawing lots in public: pure, and so plain that anyone can repeat it with a tool that works out SHA-256.
//!
//! What is committed to beforehand is `SHA-256(seed)`. The lot of each candidate is `SHA-256(seed "/" candidate)`, the
//! candidate written as everywhere (ids in lower case, with hyphens). Those with the lowest lots, read as hexadecimal
//! text, are drawn: `printf '%s/%s' SEED CANDIDATE | sha256sum` for every candidate, and sort.

use std::fmt::{Display, Write};

use sha2::{Digest, Sha256};

/// SHA-256 of the seed's text, in hexadecimal.
pub fn hash_of(seed: &str) -> String {
    hex(&Sha256::digest(seed))
}

/// A candidate's lot, in hexadecimal.
pub fn lot(seed: &str, candidate: impl Display) -> String {
    hex(&Sha256::digest(format!("{seed}/{candidate}")))
}

/// The `count` candidates with the lowest lots, in the order of their lots. The order of the list does not matter, and
/// what stands in it twice is drawn once.
pub fn draw<T: Copy + Ord + Display>(seed: &str, candidates: &[T], count: usize) -> Vec<T> {
    let mut lots: Vec<(String, T)> = candidates.iter().map(|candidate| (lot(seed, candidate), *candidate)).collect();
    lots.sort_unstable();
    lots.dedup();
    lots.into_iter().take(count).map(|(_, candidate)| candidate).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text never fails.
        _ = write!(text, "{byte:02x}");
        text
    })
}
