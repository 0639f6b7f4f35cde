//! What an accepted command is answered with.

use sandan_log::Hash;

use crate::refusal::Refusal;

/// Proof that something was recorded, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt<T> {
    /// The last position that the command wrote; a query that has got there sees all of it.
    pub position: u64,
    pub generation: u32,
    /// Hash of the record at `position`.
    pub hash: Hash,
    /// It was accepted before, and this is its first answer.
    pub replayed: bool,
    pub outcome: T,
}

impl<T> Receipt<T> {
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Receipt<U> {
        let Self { position, generation, hash, replayed, outcome } = self;
        Receipt { position, generation, hash, replayed, outcome: f(outcome) }
    }
}

pub type Answer<T> = Result<Receipt<T>, Refusal>;
