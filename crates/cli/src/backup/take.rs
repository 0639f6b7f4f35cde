//! Taking a backup beside running writers.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sandan_log::{Log, Movable, SqliteLog, SqliteOptions, Verified};
use serde_json::{Value, json};

use super::manifest::{self, Entry, Manifest};
use super::moving::{Additions, move_log};
use super::photos::fetch_photos;
use super::{KEY, LOG};
use crate::config::Attachments;
use crate::control::{Reporter, Unit};
use crate::failure::{Code, Failure};
use crate::folder::{self, create_private};
use crate::wiring::{Engine, Store, blobs, key};

/// Copies the log, the key and the photos into the new folder `to`. It is the same folder whatever log runs.
///
/// The log goes first: whatever it names was stored before it, so the photos copied afterwards are enough.
pub async fn take(engine: &Engine, to: &Path, reporter: &Reporter) -> Result<Value> {
    make_empty(to)?;
    let log = to.join(LOG);
    let verified = match &engine.store {
        Store::Embedded(own) => own.backup(&log).await.context("copy the log")?,
        Store::Shared(shared) => copy_out(shared.as_ref(), &log, reporter).await?,
    };
    let key = key::bytes(&engine.settings, &engine.store, engine.log.as_ref()).await?;
    let mut paths = vec![PathBuf::from(LOG), PathBuf::from(KEY)];
    let missing = match &engine.settings.attachments {
        Attachments::Folder(_) => Vec::new(),
        Attachments::Store(url) => fetch_photos(&blobs::in_store(url)?, to, &mut paths, reporter).await?,
    };
    let (attachments, to) = (engine.settings.attachments.clone(), to.to_owned());
    let manifest = tokio::task::spawn_blocking(move || -> Result<Manifest> {
        folder::write_private(&to.join(KEY), &key).context("write the master key")?;
        if let Attachments::Folder(folder) = attachments {
            copy_attachments(&folder, &to, &mut paths)?;
        }
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
        "photos_damaged": missing,
    }))
}

/// A shared log as an embedded one, checked from its first record to its last.
async fn copy_out(from: &dyn Movable, path: &Path, reporter: &Reporter) -> Result<Verified> {
    let total = from.head().await?.position;
    let copy = SqliteLog::open(path, SqliteOptions::default()).await.context("begin the copy")?;
    let tell = |position| reporter.progress(position, Some(total), Unit::Events);
    move_log(from, &copy, Additions::default(), tell).await.context("copy the log")?;
    let verified = sandan_log::verify(&copy).await?.map_err(|bad| anyhow::anyhow!("the copy is damaged: {bad}"))?;
    // The generation may be newer than the last record.
    let head = copy.head().await?;
    copy.close().await.context("end the copy")?;
    drop(copy);
    _ = fs::remove_file(lock_of(path));
    Ok(Verified { head, ..verified })
}

/// The file that keeps other programs out of an open log.
pub(super) fn lock_of(log: &Path) -> PathBuf {
    let mut name = log.as_os_str().to_owned();
    name.push(".lock");
    name.into()
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
