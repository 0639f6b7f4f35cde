//! Bringing a backup back, as a new generation: whoever read the old history can tell that it forked.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use bytes::Bytes;
use jiff::Timestamp;
use sandan_log::{GenerationMark, Log, SqliteLog, SqliteOptions};

use super::manifest::{Manifest, broken};
use super::moving::{Additions, move_log};
use super::take::{copy, lock_of};
use super::{KEY, LOG};
use crate::config::{Attachments, Settings};
use crate::control::{Reporter, Unit};
use crate::failure::{Code, Failure};
use crate::folder::{Folder, create_private, write_private};
use crate::wiring::{self, Store, key};

/// The log's name in the data folder until it is known to be good: a half of a restoration must not be served.
const UNCHECKED: &str = "log.unchecked";
/// What the new generation says of itself.
const WHY: &str = "restored from a backup";

/// What was brought back.
pub struct Restored {
    pub position: u64,
    pub generation: u32,
    pub hash: String,
    /// Where the photos are that the backup has not.
    pub attachments_in: Option<String>,
}

/// Checks the backup in `from`, copies it into the empty data folder, or the empty database, that `settings` name,
/// checks the log once more and begins a new generation.
pub async fn bring_back(from: &Path, settings: &Settings, reporter: &Reporter) -> Result<Restored> {
    let manifest = Manifest::read(from)?;
    manifest.check(from)?;
    let folder = Folder::new(&settings.data);
    must_be_empty(&folder)?;
    folder.create()?;
    let unchecked = folder.root().join(UNCHECKED);
    copy(&from.join(LOG), folder.root(), PathBuf::from(UNCHECKED))?;
    let log = SqliteLog::open(&unchecked, SqliteOptions::default()).await.context("open the log that was backed up")?;
    let verified = sandan_log::verify(&log).await?.map_err(|bad| broken(bad.to_string()))?;
    let hash = verified.head.hash.to_string();
    if (verified.head.position, &hash) != (manifest.position, &manifest.hash) {
        return Err(broken(format!("its log ends at {}, not at {}", verified.head.position, manifest.position)));
    }
    let key = key::parse(&std::fs::read(from.join(KEY)).context("read the backup's master key")?)?;
    let generation = match settings.database.is_some() {
        false => {
            put_key(settings, &key)?;
            photos(from, &manifest, settings).await?;
            let generation = log.fork(WHY).await.context("begin a new generation")?.number;
            log.close().await?;
            std::fs::rename(&unchecked, folder.log()).context("give the log its name")?;
            generation
        }
        true => {
            photos(from, &manifest, settings).await?;
            let generation = into_database(&log, settings, &key, &manifest, reporter).await;
            log.close().await?;
            drop(log);
            std::fs::remove_file(&unchecked).context("remove the copy that was checked")?;
            generation?
        }
    };
    // The lock of a name that is no more.
    _ = std::fs::remove_file(lock_of(&unchecked));
    let Manifest { position, attachments_in, .. } = manifest;
    Ok(Restored { position, generation, hash, attachments_in })
}

/// Log, key and new generation in one transaction: a database has all of it or nothing.
async fn into_database(
    log: &SqliteLog,
    settings: &Settings,
    key: &key::KeyBytes,
    manifest: &Manifest,
    reporter: &Reporter,
) -> Result<u32> {
    let number = log.head().await?.generation + 1;
    let mark = GenerationMark { number, after: manifest.position, begun: Some(Timestamp::now()), why: WHY.to_owned() };
    let rows = match &settings.key_file {
        Some(_) => {
            put_key(settings, key)?;
            Vec::new()
        }
        None => vec![key::as_row(key)],
    };
    let additions = Additions { rows, generation: Some(mark) };
    let store = Store::open(settings, &Folder::new(&settings.data), std::sync::Arc::new(Timestamp::now)).await?;
    let tell = |position| reporter.progress(position, Some(manifest.position), Unit::Events);
    let moved = move_log(log, store.movable().as_ref(), additions, tell).await;
    store.log().close().await?;
    moved.map_err(super::copy::not_empty)?;
    super::copy::verified(settings, manifest.position, &manifest.hash).await?;
    Ok(number)
}

/// Never over another key.
fn put_key(settings: &Settings, key: &key::KeyBytes) -> Result<()> {
    let path = settings.key_file();
    match std::fs::read(&path) {
        Ok(standing) if standing == key => Ok(()),
        Ok(_) => {
            let message = format!("{} holds another master key than the backup", path.display());
            let mend = "Name the file of the backup's key, or one that is not there yet, with --key-file.";
            Err(Failure::new(Code::MasterKey, message, mend).into())
        }
        Err(_) => write_private(&path, key).with_context(|| format!("write the master key {}", path.display())),
    }
}

async fn photos(from: &Path, manifest: &Manifest, settings: &Settings) -> Result<()> {
    let files = manifest.files.iter().map(|file| &file.path).filter(|path| path.starts_with("attachments"));
    let files: Vec<_> = files.collect();
    if files.is_empty() {
        return Ok(());
    }
    if let Attachments::Folder(folder) = &settings.attachments {
        create_private(folder)?;
    }
    let blobs = wiring::blobs::open(settings)?;
    for path in files {
        let bytes = Bytes::from(std::fs::read(from.join(path)).with_context(|| format!("read {}", path.display()))?);
        let hash = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        blobs.put(&hash, bytes).await.with_context(|| format!("bring back {}", path.display()))?;
    }
    Ok(())
}

/// A new node's folder may be there: its lock, and the key that was put there for it.
fn must_be_empty(to: &Folder) -> Result<()> {
    let Ok(entries) = std::fs::read_dir(to.root()) else { return Ok(()) };
    // The lock's file of this very command may be there.
    let mut others = entries.filter_map(Result::ok).filter(|entry| entry.path() != to.lock());
    match others.next() {
        None => Ok(()),
        Some(entry) => {
            let message = format!("{} is not empty: {} is there", to.root().display(), entry.path().display());
            let mend = "Name a new folder with --data. A restored log is never merged into another one.";
            Err(Failure::new(Code::FolderNotEmpty, message, mend).into())
        }
    }
}
