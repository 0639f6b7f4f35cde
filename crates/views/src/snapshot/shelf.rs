//! Where copies are kept. Which place that is, a folder or an object store, is not known here.

use std::path::Path;

use async_trait::async_trait;

/// The place could not be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ShelfError(pub String);

/// A place that all nodes reach. Names are letters, digits, `-`, and one `/`.
#[async_trait]
pub trait Shelf: Send + Sync + 'static {
    /// The names of all that is there.
    async fn list(&self) -> Result<Vec<String>, ShelfError>;
    /// Keeps the bytes of `file`, whole or not at all.
    async fn put(&self, name: &str, file: &Path) -> Result<(), ShelfError>;
    /// Writes what is kept under `name` into `file`, which is there and empty.
    async fn get(&self, name: &str, file: &Path) -> Result<(), ShelfError>;
    /// Removes it. That it is not there is no error.
    async fn remove(&self, name: &str) -> Result<(), ShelfError>;
}
