//! Photos in a folder.

use std::io::ErrorKind;
use std::path::PathBuf;

use async_trait::async_trait;
use bytes::Bytes;

use super::{BlobError, Blobs, checked, verified};

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
        let read = run(move || match std::fs::read(path) {
            Ok(bytes) => Ok(Some(Bytes::from(bytes))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        });
        read.await?.map(|bytes| verified(hash, bytes)).transpose()
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

async fn run<T: Send + 'static>(task: impl FnOnce() -> std::io::Result<T> + Send + 'static) -> Result<T, BlobError> {
    let done = tokio::task::spawn_blocking(task).await;
    Ok(done.map_err(|error| BlobError::Failed(error.to_string()))??)
}

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    #[tokio::test]
    async fn what_is_put_is_got_and_no_name_leads_out_of_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let blobs = FolderBlobs::new(folder.path().join("photos"));
        let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(b"photo"));
        assert_eq!(blobs.get(&hash).await.unwrap(), None);
        for _ in 0..2 {
            blobs.put(&hash, Bytes::from_static(b"photo")).await.unwrap();
        }
        assert_eq!(blobs.get(&hash).await.unwrap(), Some(Bytes::from_static(b"photo")));
        assert!(blobs.get("../../etc/passwd").await.is_err());
        std::fs::write(folder.path().join("photos").join(&hash), b"phony").unwrap();
        assert!(matches!(blobs.get(&hash).await, Err(BlobError::Damaged { .. })));
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
}
