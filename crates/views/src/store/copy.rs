//! A model's file as one state of it, and files that last no longer than the work on them.

use std::fs::OpenOptions;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::file::{BUILDING, Kind, SUFFIX, at, numbers, open_known, path_of, remove};
use crate::ViewsError;

/// A file beside the models, under a name that the next start removes if this program does not.
pub(crate) struct Scratch {
    pub path: PathBuf,
}

impl Scratch {
    pub fn new(folder: &Path, kind: &Kind, purpose: &str) -> Result<Self, ViewsError> {
        let path = folder.join(format!("{}{purpose}{SUFFIX}{BUILDING}", kind.prefix));
        remove(&path)?;
        Ok(Self { path })
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = remove(&self.path) {
            tracing::warn!(%error, "a scratch file of the read models is left behind");
        }
    }
}

/// Copies what `from` sees into the new file `to`, which only its owner may read.
///
/// All pages in one step: the reading transaction keeps the source at one state, and its writer goes on.
pub(crate) fn copy(from: &Connection, to: &Path) -> Result<(), ViewsError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(to).map_err(|error| at(to, &error))?;
    let mut copy = Connection::open(to)?;
    let step = Backup::new(from, &mut copy)?.step(-1)?;
    if step != StepResult::Done {
        return Err(ViewsError::Storage("the read model is busy: the copy did not end".to_owned()));
    }
    copy.pragma_update(None, "journal_mode", "delete")?;
    copy.close().map_err(|(_, error)| error.into())
}

/// Whether there is a file that this program would go on with.
pub(crate) fn is_begun(folder: &Path, kind: &Kind) -> Result<bool, ViewsError> {
    let mut paths = numbers(folder, kind)?.into_iter().map(|number| path_of(folder, kind, number, false));
    Ok(paths.any(|path| matches!(open_known(&path, kind), Ok(Some(_)))))
}
