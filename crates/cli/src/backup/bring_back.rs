//! Bringing a backup back, as a new generation: whoever read the old history can tell that it forked.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sandan_log::{Log, SqliteLog, SqliteOptions};

use super::manifest::{Manifest, broken};
use super::take::copy;
use crate::failure::{Code, Failure};
use crate::folder::{Folder, create_private};

/// The log's name in a backup, and in the data folder until it is known to be good: a half of a restoration must
/// not be served.
const LOG: &str = "log.sqlite";
const UNCHECKED: &str = "log.unchecked";

/// What was brought back.
pub struct Restored {
    pub position: u64,
    pub generation: u32,
    pub hash: String,
}

/// Checks the backup in `from`, copies it into the empty folder `to`, checks the log once more and raises its
/// generation.
pub async fn bring_back(from: &Path, to: &Folder) -> Result<Restored> {
    let manifest = Manifest::read(from)?;
    manifest.check(from)?;
    must_be_empty(to)?;
    to.create()?;
    if manifest.files.iter().any(|file| file.path.starts_with("attachments")) {
        create_private(&to.attachments())?;
    }
    for file in &manifest.files {
        let path = if file.path == Path::new(LOG) { PathBuf::from(UNCHECKED) } else { file.path.clone() };
        copy(&from.join(&file.path), to.root(), path)?;
    }
    let unchecked = to.root().join(UNCHECKED);
    let log = SqliteLog::open(&unchecked, SqliteOptions::default()).await.context("open the log that was restored")?;
    let verified = sandan_log::verify(&log).await?.map_err(|bad| broken(bad.to_string()))?;
    let hash = verified.head.hash.to_string();
    if (verified.head.position, &hash) != (manifest.position, &manifest.hash) {
        return Err(broken(format!("its log ends at {}, not at {}", verified.head.position, manifest.position)));
    }
    let generation = log.fork("restored from a backup").await.context("begin a new generation")?.number;
    log.close().await?;
    // The lock of a name that is no more.
    _ = std::fs::remove_file(to.root().join(format!("{UNCHECKED}.lock")));
    std::fs::rename(&unchecked, to.log()).context("give the log its name")?;
    Ok(Restored { position: manifest.position, generation, hash })
}

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
