//! Where photos are kept.

use std::sync::Arc;

use anyhow::Result;
use sandan_app::{Blobs, FolderBlobs};

use crate::config::{Attachments, Settings, not_built};

pub fn open(settings: &Settings) -> Result<Arc<dyn Blobs>> {
    match &settings.attachments {
        Attachments::Folder(folder) => Ok(Arc::new(FolderBlobs::new(folder))),
        Attachments::Store(_) => Err(not_built("an object store (--attachments)", "photos are kept in a folder")),
    }
}
