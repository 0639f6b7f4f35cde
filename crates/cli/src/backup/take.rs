//! Taking a backup beside running writers.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sandan_log::SqliteLog;
use serde_json::{Value, json};

use super::manifest::{self, Entry, Manifest};
use crate::failure::{Code, Failure};
use crate::folder::{self, create_private};

/// Copies the log, the key at `key` and the photos in `attachments` into the new folder `to`.
///
/// The log goes first: whatever it names was stored before it, so the photos copied afterwards are enough.
pub async fn take(log: &SqliteLog, key: &Path, attachments: &Path, to: &Path) -> Result<Value> {
    make_empty(to)?;
    let verified = log.backup(&to.join("log.sqlite")).await.context("copy the log")?;
    let (key, attachments, to) = (key.to_owned(), attachments.to_owned(), to.to_owned());
    let manifest = tokio::task::spawn_blocking(move || -> Result<Manifest> {
        let mut paths = vec![PathBuf::from("log.sqlite")];
        paths.push(copy(&key, &to, "master.key".into())?);
        copy_attachments(&attachments, &to, &mut paths)?;
        let files = paths.iter().map(|path| Entry::of(&to, path)).collect::<Result<_>>()?;
        let manifest = Manifest::new(&verified, files);
        // Last of all: a backup without it is not one.
        folder::write_private(&to.join(manifest::NAME), &serde_json::to_vec_pretty(&manifest)?)?;
        Ok(manifest)
    });
    let manifest = manifest.await.context("copy the files")??;
    let bytes: u64 = manifest.files.iter().map(|file| file.bytes).sum();
    Ok(json!({
        "position": manifest.position,
        "generation": manifest.generation,
        "hash": manifest.hash,
        "files": manifest.files.len(),
        "bytes": bytes,
    }))
}

fn make_empty(to: &Path) -> Result<()> {
    let taken = fs::read_dir(to).is_ok_and(|mut entries| entries.next().is_some());
    if taken || to.is_file() {
        let message = format!("{} is not empty", to.display());
        let mend = "Name a new folder: a backup never writes over another one.";
        return Err(Failure::new(Code::FolderNotEmpty, message, mend).into());
    }
    create_private(to).with_context(|| format!("make {}", to.display()))
}

fn copy_attachments(from: &Path, to: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    if !from.is_dir() {
        return Ok(());
    }
    create_private(&to.join("attachments"))?;
    for entry in fs::read_dir(from).with_context(|| format!("read {}", from.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        // Halves of files that are being written have a name with a dot.
        if entry.file_type()?.is_file() && !name.to_string_lossy().contains('.') {
            paths.push(copy(&entry.path(), to, Path::new("attachments").join(name))?);
        }
    }
    Ok(())
}

/// Copies one file durably, for its owner's eyes only.
pub(super) fn copy(from: &Path, to: &Path, path: PathBuf) -> Result<PathBuf> {
    let target = to.join(&path);
    let copied = File::open(from).and_then(|mut source| {
        let mut file = folder::private_file(&target)?;
        std::io::copy(&mut source, &mut file)?;
        file.sync_all()
    });
    copied.with_context(|| format!("copy {} to {}", from.display(), target.display()))?;
    Ok(path)
}
