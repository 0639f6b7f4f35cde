//! The draw: pure, and so plain that anyone can repeat it with a tool that works out SHA-256.
//!
//! The hash of the commitment is `SHA-256(seed)`. Each candidate's lot is `SHA-256(seed "/" id)`, the id written as
//! everywhere (lower case, with hyphens). The candidates with the lowest lots, read as hexadecimal text, are the sample.

use sha2::{Digest, Sha256};

use crate::ids::RequestId;

/// SHA-256 of the seed's text, in hexadecimal.
pub fn hash_of(seed: &str) -> String {
    hex(&Sha256::digest(seed.as_bytes()))
}

/// A candidate's lot, in hexadecimal.
pub fn lot(seed: &str, request: RequestId) -> String {
    hex(&Sha256::digest(format!("{seed}/{request}").as_bytes()))
}

/// The `size` candidates with the lowest lots, in the order of their lots. The order of the list does not matter, and
/// what stands in it twice is drawn once.
pub fn draw(seed: &str, candidates: &[RequestId], size: u32) -> Vec<RequestId> {
    let mut lots: Vec<(String, RequestId)> = candidates.iter().map(|request| (lot(seed, *request), *request)).collect();
    lots.sort_unstable();
    lots.dedup();
    lots.into_iter().take(size as usize).map(|(_, request)| request).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
