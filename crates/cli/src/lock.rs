//! One program at a time has the data folder. The lock is the kernel's: `kill -9` leaves it free.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};

use anyhow::{Context, Result};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::failure::{Code, Failure};
use crate::folder::Folder;

/// Who has the folder: written into the lock's file for whoever comes second.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    pub pid: u32,
    /// The command, such as `serve`.
    pub command: String,
    /// Where it listens, once it does.
    pub address: Option<String>,
    pub since: Timestamp,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`sandan {}` (process {}", self.command, self.pid)?;
        if let Some(address) = &self.address {
            write!(f, ", {address}")?;
        }
        write!(f, ", since {})", self.since.round(jiff::Unit::Second).unwrap_or(self.since))
    }
}

/// The folder is ours until this is dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
    holder: Holder,
}

/// What came of trying to take the folder.
#[derive(Debug)]
pub enum Taken {
    Ours(Lock),
    /// Somebody else has it, if they wrote down who they are.
    Theirs(Option<Holder>),
}

impl Lock {
    /// Takes the folder for `command` if nobody has it. Makes the folder if there is none.
    pub fn try_take(folder: &Folder, command: &str) -> Result<Taken> {
        folder.create()?;
        let mut file = open(folder).map_err(|error| folder.unusable(&error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(Taken::Theirs(read(&mut file))),
            Err(TryLockError::Error(error)) => return Err(folder.unusable(&error)),
        }
        let holder =
            Holder { pid: std::process::id(), command: command.to_owned(), address: None, since: Timestamp::now() };
        let mut lock = Self { file, holder };
        lock.write()?;
        Ok(Taken::Ours(lock))
    }

    /// Takes the folder or says who has it.
    pub fn take(folder: &Folder, command: &str) -> Result<Self> {
        match Self::try_take(folder, command)? {
            Taken::Ours(lock) => Ok(lock),
            Taken::Theirs(holder) => Err(in_use(folder, holder.as_ref())),
        }
    }

    /// Tells whoever comes second where we listen.
    pub fn set_address(&mut self, address: &str) -> Result<()> {
        self.holder.address = Some(address.to_owned());
        self.write()
    }

    fn write(&mut self) -> Result<()> {
        let text = serde_json::to_vec(&self.holder)?;
        let file = &mut self.file;
        file.set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| file.write_all(&text))
            .context("write who holds the data folder")
    }
}

/// The folder is taken.
pub fn in_use(folder: &Folder, holder: Option<&Holder>) -> anyhow::Error {
    let who = holder.map_or_else(|| "another program".to_owned(), Holder::to_string);
    let message = format!("the data folder {} is in use by {who}", folder.root().display());
    let mend = match holder {
        Some(holder) => format!("Stop it first (kill {}), or choose another folder with --data.", holder.pid),
        None => "Stop it first, or choose another folder with --data.".to_owned(),
    };
    Failure::new(Code::FolderInUse, message, mend).into()
}

fn open(folder: &Folder) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(folder.lock())
}

fn read(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_is_told_who_has_the_folder() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Folder::new(temp.path());
        let mut first = Lock::take(&folder, "serve").unwrap();
        first.set_address("http://127.0.0.1:8080").unwrap();
        let error = Lock::take(&folder, "import").unwrap_err();
        let failure = Failure::of(&error);
        assert_eq!(failure.code, Code::FolderInUse);
        assert!(failure.message.contains("sandan serve") && failure.message.contains("127.0.0.1:8080"), "{failure}");
        assert!(failure.message.contains(&std::process::id().to_string()));
    }

    #[test]
    fn a_lock_that_was_let_go_is_free() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Folder::new(temp.path());
        drop(Lock::take(&folder, "serve").unwrap());
        Lock::take(&folder, "serve").unwrap();
    }
}
