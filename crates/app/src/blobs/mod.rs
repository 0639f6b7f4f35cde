//! Where photos are kept, by the hash of their bytes: beside the log, never in it.
//!
//! A folder for one machine, or one that all nodes have mounted; an object store for a cluster.

mod folder;
mod object;
mod place;

use std::collections::HashMap;
use std::io::ErrorKind;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;
use sha2::{Digest, Sha256};

pub use folder::FolderBlobs;
pub use object::ObjectBlobs;
pub use place::BadPlace;

/// A blob could not be kept or fetched.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    #[error("no room is left where photos are kept")]
    NoRoom,
    /// What is kept under this hash is something else by now.
    #[error("the bytes kept as {hash} are damaged: their hash is {actual}")]
    Damaged { hash: String, actual: String },
    #[error("{0}")]
    Failed(String),
}

impl From<std::io::Error> for BlobError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::NoRoom,
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// A store of bytes by their SHA-256 in hexadecimal. Putting the same bytes twice is harmless.
#[async_trait]
pub trait Blobs: Send + Sync + 'static {
    /// Keeps the bytes durably before it returns.
    async fn put(&self, hash: &str, bytes: Bytes) -> Result<(), BlobError>;
    /// The bytes, if they are there. They are what was put: their hash is looked at.
    async fn get(&self, hash: &str) -> Result<Option<Bytes>, BlobError>;
}

/// Blobs that live as long as the value.
#[derive(Debug, Default)]
pub struct MemoryBlobs(Mutex<HashMap<String, Bytes>>);

#[async_trait]
impl Blobs for MemoryBlobs {
    async fn put(&self, hash: &str, bytes: Bytes) -> Result<(), BlobError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(hash.to_owned(), bytes);
        Ok(())
    }

    async fn get(&self, hash: &str) -> Result<Option<Bytes>, BlobError> {
        Ok(self.0.lock().unwrap_or_else(PoisonError::into_inner).get(hash).cloned())
    }
}

/// A hash is part of a name here: nothing but hexadecimal digits may pass.
fn checked(hash: &str) -> Result<&str, BlobError> {
    if hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()) {
        Ok(hash)
    } else {
        Err(BlobError::Failed("a blob's name is 64 hexadecimal digits".to_owned()))
    }
}

/// The bytes, if their hash is `hash`.
fn verified(hash: &str, bytes: Bytes) -> Result<Bytes, BlobError> {
    let actual = data_encoding::HEXLOWER.encode(&Sha256::digest(&bytes));
    match actual.eq_ignore_ascii_case(hash) {
        true => Ok(bytes),
        false => Err(BlobError::Damaged { hash: hash.to_owned(), actual }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_told_from_other_failures() {
        assert!(matches!(BlobError::from(std::io::Error::from(ErrorKind::StorageFull)), BlobError::NoRoom));
        assert!(matches!(BlobError::from(std::io::Error::from(ErrorKind::NotFound)), BlobError::Failed(_)));
    }
}
