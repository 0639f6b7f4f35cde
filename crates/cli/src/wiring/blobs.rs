//! Where photos are kept.

use std::sync::Arc;

use anyhow::Result;
use sandan_app::{Blobs, FolderBlobs, ObjectBlobs};

use crate::config::{Attachments, Settings, Url, invalid};

pub fn open(settings: &Settings) -> Result<Arc<dyn Blobs>> {
    match &settings.attachments {
        Attachments::Folder(folder) => Ok(Arc::new(FolderBlobs::new(folder))),
        Attachments::Store(url) => Ok(Arc::new(in_store(url)?)),
    }
}

/// The object store behind `url`.
pub fn in_store(url: &Url) -> Result<ObjectBlobs> {
    ObjectBlobs::open(url.whole(), std::env::vars()).map_err(|error| {
        let mend = "Write it like s3://bucket/prefix?region=cn-north-1, with AWS_ACCESS_KEY_ID and \
                    AWS_SECRET_ACCESS_KEY in the environment.";
        let why = url.redact(&error.to_string());
        invalid(format!("the place for attachments {url:?} can't be used: {why}"), mend)
    })
}
