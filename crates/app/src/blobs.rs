//! Where photos are kept, by the hash of their bytes: beside the log, never in it.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use async_trait::async_trait;
use bytes::Bytes;

/// A blob could not be kept or fetched.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    #[error("no room is left where photos are kept")]
    NoRoom,
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

/// One file a blob, in a folder.
#[derive(Clone, Debug)]
pub struct FolderBlobs(PathBuf);

impl FolderBlobs {
    /// The folder is made when the first blob comes.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(folder.into())
    }
}

#[async_trait]
impl Blobs for FolderBlobs {
    async fn put(&self, hash: &str, bytes: Bytes) -> Result<(), BlobError> {
        let (folder, hash) = (self.0.clone(), checked(hash)?.to_owned());
        run(move || write(&folder, &hash, &bytes)).await
    }

    async fn get(&self, hash: &str) -> Result<Option<Bytes>, BlobError> {
        let path = self.0.join(checked(hash)?);
        run(move || match std::fs::read(path) {
            Ok(bytes) => Ok(Some(bytes.into())),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        })
        .await
    }
}

/// Under another name first, so that a crash leaves no half of a blob under its hash.
fn write(folder: &std::path::Path, hash: &str, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let part = folder.join(format!("{hash}.{}.part", uuid::Uuid::new_v4().simple()));
    let kept = fill(&part, bytes).and_then(|()| std::fs::rename(&part, folder.join(hash)));
    if kept.is_err() {
        // On a full disk half a photo would keep the room that is wanted.
        _ = std::fs::remove_file(&part);
    }
    kept.and_then(|()| std::fs::File::open(folder)?.sync_all())
}

fn fill(part: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::write(part, bytes)?;
    std::fs::File::open(part)?.sync_all()
}

/// A hash is a name of a file here: nothing but hexadecimal digits may pass.
fn checked(hash: &str) -> Result<&str, BlobError> {
    if hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit()) {
        Ok(hash)
    } else {
        Err(BlobError::Failed("a blob's name is 64 hexadecimal digits".to_owned()))
    }
}

async fn run<T: Send + 'static>(task: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Result<T, BlobError> {
    let done = tokio::task::spawn_blocking(task).await;
    Ok(done.map_err(|error| BlobError::Failed(error.to_string()))??)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_put_is_got_and_no_name_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = FolderBlobs::new(folder.path().join("photos"));
        let hash = "a".repeat(64);
        assert_eq!(blobs.get(&hash).await.unwrap(), None);
        for _ in 0..2 {
            blobs.put(&hash, Bytes::from_static(b"photo")).await.unwrap();
        }
        assert_eq!(blobs.get(&hash).await.unwrap(), Some(Bytes::from_static(b"photo")));
        assert!(blobs.get("../../etc/passwd").await.is_err());
        assert_eq!(std::fs::read_dir(folder.path().join("photos")).unwrap().count(), 1, "no part is left");
    }

    #[tokio::test]
    async fn what_could_not_be_kept_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let hash = "b".repeat(64);
        // A folder that stands where the photo should go can't be replaced by it.
        std::fs::create_dir(folder.path().join(&hash)).unwrap();
        let blobs = FolderBlobs::new(folder.path());
        assert!(blobs.put(&hash, Bytes::from_static(b"photo")).await.is_err());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no part is left");
    }

    #[test]
    fn a_full_disk_is_told_from_other_failures() {
        assert!(matches!(BlobError::from(std::io::Error::from(ErrorKind::StorageFull)), BlobError::NoRoom));
        assert!(matches!(BlobError::from(std::io::Error::from(ErrorKind::NotFound)), BlobError::Failed(_)));
    }
}
