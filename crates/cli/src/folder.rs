//! The data folder: where everything is, and that nobody else on the machine can read it.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::failure::{Code, Failure};

/// The folder and the names in it.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn log(&self) -> PathBuf {
        self.root.join("log.sqlite")
    }

    pub fn lock(&self) -> PathBuf {
        self.root.join("lock")
    }

    pub fn socket(&self) -> PathBuf {
        self.root.join("control.sock")
    }

    pub fn demo_sign_ins(&self) -> PathBuf {
        self.root.join("demo-sign-ins.json")
    }

    pub fn exists(&self) -> bool {
        self.root.is_dir()
    }

    /// Makes the folder if there is none, readable by its owner only.
    pub fn create(&self) -> Result<()> {
        create_private(&self.root).map_err(|error| self.unusable(&error))
    }

    /// The file rights of the folder beyond its owner's; 0 is right.
    pub fn open_to_others(&self) -> io::Result<u32> {
        open_to_others(&self.root)
    }

    pub fn unusable(&self, error: &io::Error) -> anyhow::Error {
        let message = format!("can't use the data folder {}: {error}", self.root.display());
        let mend = "Choose a folder that this user can write to with --data (or SANDAN_DATA).";
        Failure::new(Code::FolderUnusable, message, mend).into()
    }
}

/// Makes a folder, and those above it, with rights for its owner only. One that is there stays as it is.
pub fn create_private(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

/// Opens a new or emptied file that only its owner can read.
pub fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Writes a small private file whole: under another name first, so that a crash leaves the old or the new.
pub fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = path.with_extension("part");
    let mut file = private_file(&part)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&part, path)
}

#[cfg(unix)]
pub fn open_to_others(path: &Path) -> io::Result<u32> {
    use std::os::unix::fs::PermissionsExt;
    Ok(fs::metadata(path)?.permissions().mode() & 0o077)
}

#[cfg(not(unix))]
pub fn open_to_others(path: &Path) -> io::Result<u32> {
    fs::metadata(path).map(|_| 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_private() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Folder::new(temp.path().join("a/b"));
        folder.create().unwrap();
        assert_eq!(folder.open_to_others().unwrap(), 0);
        write_private(&folder.demo_sign_ins(), b"{}").unwrap();
        assert_eq!(open_to_others(&folder.demo_sign_ins()).unwrap(), 0);
    }

    #[test]
    fn a_file_in_the_way_is_named() {
        let temp = tempfile::NamedTempFile::new().unwrap();
        let error = Folder::new(temp.path()).create().unwrap_err();
        assert_eq!(Failure::of(&error).code, Code::FolderUnusable);
    }
}
