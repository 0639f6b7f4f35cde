//! Photos out of an object store into a backup.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use futures::{StreamExt, TryStreamExt};
use object_store::ObjectStore;
use sandan_app::{BlobError, Blobs, ObjectBlobs};

use crate::control::{Reporter, Unit};
use crate::folder::{create_private, write_private};

/// Photos that are fetched at once; each has at most ten megabytes.
const AT_ONCE: usize = 4;
/// A photo is called by its hash.
const NAME_DIGITS: usize = 64;

/// Writes every photo of the store into the backup, under the hash that its bytes have. Answers with those whose bytes
/// are others by now: no copy can mend that, and it is no reason to have none of the rest.
pub(super) async fn fetch_photos(
    blobs: &ObjectBlobs,
    to: &Path,
    paths: &mut Vec<PathBuf>,
    reporter: &Reporter,
) -> Result<Vec<String>> {
    let found = blobs.store().list(None).map_ok(|found| found.location.to_string());
    let found: Vec<String> = found.try_collect().await.context("list the photos")?;
    let names: Vec<String> = found.into_iter().filter(|name| is_photo(name)).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    create_private(&to.join("attachments"))?;
    let total = names.len() as u64;
    let mut fetched = futures::stream::iter(names)
        .map(async |name| (blobs.get(&name).await, name))
        .buffer_unordered(AT_ONCE)
        .enumerate();
    let mut damaged = Vec::new();
    while let Some((nth, (photo, name))) = fetched.next().await {
        match photo {
            Ok(Some(bytes)) => {
                let path = Path::new("attachments").join(&name);
                write_private(&to.join(&path), &bytes).with_context(|| format!("write {}", path.display()))?;
                paths.push(path);
            }
            // Removed meanwhile.
            Ok(None) => {}
            Err(BlobError::Damaged { .. }) => damaged.push(name),
            Err(error) => return Err(error).with_context(|| format!("fetch the photo {name}")),
        }
        reporter.progress(nth as u64 + 1, Some(total), Unit::Photos);
    }
    paths.sort();
    damaged.sort();
    for name in &damaged {
        reporter.note(format!("The photo {name} is damaged where it is kept, and not in the copy.")).await?;
    }
    Ok(damaged)
}

fn is_photo(name: &str) -> bool {
    name.len() == NAME_DIGITS && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_else_is_in_the_store_is_no_photo() {
        assert!(is_photo(&"a0".repeat(32)));
        for name in ["", "read-models/views-3/1", "a0", &"g0".repeat(32), &format!("x/{}", "a0".repeat(31))] {
            assert!(!is_photo(name), "{name}");
        }
    }
}
