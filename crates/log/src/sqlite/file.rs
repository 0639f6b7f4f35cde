//! Getting hold of the file: alone, ours, private, and of the schema this program knows.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension};

use super::fault;
use crate::LogError;

mod migrations {
    refinery::embed_migrations!("migrations");
}

/// Marks a SQLite file as one of our logs: "sand".
const APPLICATION_ID: i32 = 0x7361_6e64;
/// Only an operator's own tools ever hold the file for a while.
const BUSY_WAIT: Duration = Duration::from_secs(5);
/// Prepared statements kept by a connection.
const STATEMENTS_MAX: usize = 48;

/// The connection that writes, and the lock that keeps others from doing so.
pub(super) fn open(path: &Path) -> Result<(Connection, File), LogError> {
    let lock = lock(path)?;
    create(path)?;
    let mut connection = Connection::open_with_flags(path, flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
    connection.busy_timeout(BUSY_WAIT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    check_ours(&connection, path)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    migrate(&mut connection, path)?;
    Ok((connection, lock))
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

/// A file of its own, because closing any handle of the log's file would drop SQLite's locks on it.
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
fn create(path: &Path) -> Result<(), LogError> {
    let file = private().create(true).open(path).map_err(|error| fault::at(path, &error))?;
    file.sync_all().map_err(|error| fault::at(path, &error))?;
    sync_folder(path)
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

fn check_ours(connection: &Connection, path: &Path) -> Result<(), LogError> {
    let not_ours = || LogError::Unusable(format!("{} is not a log of sandan", path.display()));
    let id = connection.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0));
    let id = id.map_err(|error| match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::NotADatabase) => not_ours(),
        _ => error.into(),
    })?;
    let sql = "SELECT count(*) FROM sqlite_schema";
    let tables: i64 = connection.query_row(sql, [], |row| row.get(0))?;
    match (id, tables) {
        (APPLICATION_ID, _) => Ok(()),
        (0, 0) => Ok(connection.pragma_update(None, "application_id", APPLICATION_ID)?),
        _ => Err(not_ours()),
    }
}

fn migrate(connection: &mut Connection, path: &Path) -> Result<(), LogError> {
    let runner = migrations::migrations::runner();
    let known = runner.get_migrations().iter().map(|migration| migration.version()).max();
    let known = known.map_or(0, i64::from);
    let found = schema(connection)?;
    if found > known {
        let message = "is a log of a newer version of sandan";
        return Err(LogError::Unusable(format!(
            "{} {message}: its schema is {found}, this program knows {known}",
            path.display()
        )));
    }
    // Nothing to do, as at almost every start.
    if found == known {
        return Ok(());
    }
    runner.run(connection).map_err(|error| LogError::Storage(error.to_string()))?;
    Ok(())
}

/// Number of the last migration that was applied; 0 for an empty file.
fn schema(connection: &Connection) -> Result<i64, LogError> {
    let sql = "SELECT 1 FROM sqlite_schema WHERE name = 'refinery_schema_history'";
    if connection.query_row(sql, [], |_| Ok(())).optional()?.is_none() {
        return Ok(0);
    }
    let sql = "SELECT coalesce(max(version), 0) FROM refinery_schema_history";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}
