//! Getting hold of the file: alone, private, and with the settings that durability needs.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::{fault, schema};
use crate::LogError;

/// Only an operator's own tools ever hold the file for a while.
const BUSY_WAIT: Duration = Duration::from_secs(5);
/// Prepared statements kept by a connection.
const STATEMENTS_MAX: usize = 48;

/// What stays open as long as the log is written. Closing a handle of the log's own file any earlier would
/// let go of every lock that SQLite has on it in this program.
pub(super) struct Held {
    /// The log's file, to sync it.
    pub file: File,
    /// A file of its own, locked: it keeps other programs out.
    _lock: File,
}

/// The connection that writes.
pub(super) fn open(path: &Path) -> Result<(Connection, Arc<Held>), LogError> {
    let lock = lock(path)?;
    let held = Arc::new(Held { file: create(path)?, _lock: lock });
    let mut connection = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
    connection.busy_timeout(BUSY_WAIT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    schema::check_ours(&connection, path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "cache_size", -16_384)?;
    // The references tell a reader what belongs together; the writer keeps them without being checked.
    connection.pragma_update(None, "foreign_keys", "off")?;
    // A deleted row may be a forgotten person's key: its bytes are overwritten, not only unlinked.
    connection.pragma_update(None, "secure_delete", "on")?;
    schema::migrate(&mut connection, path)?;
    Ok((connection, held))
}

/// A connection that can't write.
pub(super) fn open_to_read(path: &Path) -> Result<Connection, LogError> {
    let connection = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_ONLY))?;
    connection.busy_timeout(BUSY_WAIT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    connection.pragma_update(None, "cache_size", -8_192)?;
    Ok(connection)
}

/// Runs `task`, which rather fails than waits for somebody else to let go of the file.
pub(super) fn without_waiting<T>(connection: &Connection, task: impl FnOnce(&Connection) -> T) -> T {
    _ = connection.busy_timeout(Duration::ZERO);
    let done = task(connection);
    _ = connection.busy_timeout(BUSY_WAIT);
    done
}

/// Every connection stays with one thread at a time, so SQLite's own mutexes are left out.
pub(super) fn flags(access: OpenFlags) -> OpenFlags {
    access | OpenFlags::SQLITE_OPEN_NO_MUTEX
}

/// `path` with `suffix` behind its name.
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn lock(path: &Path) -> Result<File, LogError> {
    let path = beside(path, ".lock");
    let file = private().create(true).open(&path).map_err(|error| fault::at(&path, &error))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(LogError::Unusable(format!("{} is held: the log is open in another program", path.display())))
        }
        Err(TryLockError::Error(error)) => Err(fault::at(&path, &error)),
    }
}

/// The log holds what residents wrote: nobody else on the machine may read it. SQLite gives the files
/// beside it the same rights.
fn create(path: &Path) -> Result<File, LogError> {
    let file = private().create(true).open(path).map_err(|error| fault::at(path, &error))?;
    file.sync_all().map_err(|error| fault::at(path, &error))?;
    sync_folder(path)?;
    Ok(file)
}

/// Makes a new or renamed name in the folder of `path` durable.
pub(super) fn sync_folder(path: &Path) -> Result<(), LogError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|error| fault::at(folder, &error))
}

/// Opens for its owner alone.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
