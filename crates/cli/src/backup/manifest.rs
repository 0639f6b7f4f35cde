//! What a backup holds, with the hash of every file.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sandan_log::{Head, Verified};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::failure::{Code, Failure};

/// Its name in a backup's folder.
pub const NAME: &str = "manifest.json";
/// Raised when an older program can't read a backup any more.
const FORMAT: u32 = 1;
const BLOCK_BYTES: usize = 1 << 16;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The program that took it.
    pub version: String,
    pub taken_at: Timestamp,
    pub position: u64,
    pub generation: u32,
    pub hash: String,
    pub streams: u64,
    pub files: Vec<Entry>,
    /// The object store that holds the photos, if they are not among the files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachments_in: Option<String>,
}

/// One file, by its path in the backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub path: PathBuf,
    pub bytes: u64,
    pub sha256: String,
}

impl Manifest {
    pub fn new(verified: &Verified, files: Vec<Entry>) -> Self {
        let Head { position, generation, hash } = verified.head;
        Self {
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            taken_at: Timestamp::now(),
            position,
            generation,
            hash: hash.to_string(),
            streams: verified.streams,
            files,
            attachments_in: None,
        }
    }

    pub fn read(folder: &Path) -> Result<Self> {
        let path = folder.join(NAME);
        let text = std::fs::read(&path).map_err(|error| broken(format!("can't read {}: {error}", path.display())))?;
        let manifest: Self =
            serde_json::from_slice(&text).map_err(|error| broken(format!("can't read {}: {error}", path.display())))?;
        if manifest.format > FORMAT {
            return Err(broken(format!("was taken by a newer sandan ({})", manifest.version)));
        }
        Ok(manifest)
    }

    /// Compares every file with its hash.
    pub fn check(&self, folder: &Path) -> Result<()> {
        for entry in &self.files {
            // A path out of the backup's folder is not one of ours.
            if entry.path.components().any(|part| !matches!(part, std::path::Component::Normal(_))) {
                return Err(broken(format!("{} is not a path in a backup", entry.path.display())));
            }
            let found = Entry::of(folder, &entry.path).map_err(|error| broken(format!("{error:#}")))?;
            if found != *entry {
                return Err(broken(format!("{} is not the file that was backed up", entry.path.display())));
            }
        }
        Ok(())
    }
}

impl Entry {
    pub fn of(folder: &Path, path: &Path) -> Result<Self> {
        let (bytes, sha256) = hash(&folder.join(path)).with_context(|| format!("read {}", path.display()))?;
        Ok(Self { path: path.to_owned(), bytes, sha256 })
    }
}

fn hash(path: &Path) -> io::Result<(u64, String)> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; BLOCK_BYTES];
    let mut bytes = 0;
    loop {
        let read = file.read(&mut block)?;
        if read == 0 {
            return Ok((bytes, HEXLOWER.encode(&hasher.finalize())));
        }
        hasher.update(&block[..read]);
        bytes += read as u64;
    }
}

pub fn broken(what: String) -> anyhow::Error {
    let mend = "Nothing was changed. Take another copy of the backup, or an older one.";
    Failure::new(Code::BackupBroken, format!("the backup can't be used: {what}"), mend).into()
}
