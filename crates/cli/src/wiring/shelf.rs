//! Copies of the read models beside the photos, where all nodes reach them.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use async_trait::async_trait;
use futures::TryStreamExt;
use object_store::buffered::BufWriter;
use object_store::local::LocalFileSystem;
use object_store::path::Path as ObjectPath;
use object_store::prefix::PrefixStore;
use object_store::{Error, ObjectStore, ObjectStoreExt};
use sandan_views::{Shelf, ShelfError};
use tokio::fs::File;
use tokio::io::{AsyncSeekExt, AsyncWriteExt};

use super::blobs;
use crate::config::{Attachments, Settings};
use crate::folder::create_private;

/// Beside the photos, whose names are hashes.
const FOLDER: &str = "read-models";
/// Bytes that are asked for at once: an answer must not take long.
const PART_BYTES: u64 = 8 << 20;

/// Copies under a prefix of an object store or a folder.
#[derive(Debug)]
pub struct Objects(PrefixStore<Arc<dyn ObjectStore>>);

/// The place for copies; none where no other node could find them: beside an embedded log, or in a data folder.
pub fn open(settings: &Settings) -> Result<Option<Arc<dyn Shelf>>> {
    if settings.database.is_none() {
        return Ok(None);
    }
    let store: Arc<dyn ObjectStore> = match &settings.attachments {
        Attachments::Folder(folder) if folder.starts_with(&settings.data) => return Ok(None),
        Attachments::Folder(folder) => {
            create_private(folder).with_context(|| format!("make {}", folder.display()))?;
            let folder = LocalFileSystem::new_with_prefix(folder).context("open the place for attachments")?;
            Arc::new(folder.with_fsync(true))
        }
        Attachments::Store(url) => blobs::in_store(url)?.store(),
    };
    Ok(Some(Arc::new(Objects(PrefixStore::new(store, FOLDER)))))
}

#[async_trait]
impl Shelf for Objects {
    async fn list(&self) -> Result<Vec<String>, ShelfError> {
        let found = self.0.list(None).map_ok(|found| found.location.to_string());
        found.try_collect().await.map_err(|error| failed(&error))
    }

    async fn put(&self, name: &str, file: &Path) -> Result<(), ShelfError> {
        let mut file = File::open(file).await.map_err(|error| failed(&error))?;
        let mut object = BufWriter::new(Arc::new(self.0.clone()), ObjectPath::from(name));
        let written = async {
            tokio::io::copy(&mut file, &mut object).await?;
            object.shutdown().await
        };
        if let Err(error) = written.await {
            // The first error is what the operator must see.
            _ = object.abort().await;
            return Err(failed(&error));
        }
        Ok(())
    }

    async fn get(&self, name: &str, file: &Path) -> Result<(), ShelfError> {
        let path = ObjectPath::from(name);
        let size = self.0.head(&path).await.map_err(|error| failed(&error))?.size;
        let written = async {
            let mut file = File::options().write(true).open(file).await?;
            file.rewind().await?;
            for start in (0..size).step_by(PART_BYTES as usize) {
                let part = self.0.get_range(&path, start..size.min(start + PART_BYTES)).await?;
                file.write_all(&part).await?;
            }
            file.flush().await
        };
        written.await.map_err(|error: std::io::Error| failed(&error))
    }

    async fn remove(&self, name: &str) -> Result<(), ShelfError> {
        match self.0.delete(&ObjectPath::from(name)).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(failed(&error)),
        }
    }
}

fn failed(error: &(dyn std::error::Error + 'static)) -> ShelfError {
    ShelfError(sandan_app::chain(error))
}
