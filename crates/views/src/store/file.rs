//! One file a model, numbered: `views-3.sqlite`. A rebuild makes the next number under a name of its own and
//! gives it its real one when it has caught up; the number before stays for going back.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::ViewsError;

/// What kind of file holds which model.
#[derive(Debug)]
pub(crate) struct Kind {
    pub prefix: &'static str,
    /// Marks the file as ours.
    application_id: i32,
    /// Raised whenever tables or what is written into them change: older files are then built anew.
    pub version: i32,
    schema: &'static str,
    /// What a file that is being built does without.
    indexes: &'static str,
}

pub(crate) const MAIN: Kind = Kind {
    prefix: "views-",
    application_id: 0x7361_6e76,
    version: 8,
    schema: include_str!("schema.sql"),
    indexes: include_str!("indexes.sql"),
};
pub(crate) const SEARCH: Kind = Kind {
    prefix: "search-",
    application_id: 0x7361_6e66,
    version: 1,
    schema: include_str!("../search/schema.sql"),
    indexes: "",
};

pub(super) const SUFFIX: &str = ".sqlite";
/// Of a file that is being filled.
pub(super) const BUILDING: &str = ".building";
const BUSY_WAIT: Duration = Duration::from_secs(5);
const STATEMENTS_MAX: usize = 96;
/// Pages that a connection keeps, in kibibytes. The system keeps the file's pages too, for all of them.
const WRITER_CACHE: i64 = 16_384;
const READER_CACHE: i64 = 2_048;

/// The file with the number `number`.
pub(crate) fn path_of(folder: &Path, kind: &Kind, number: u64, building: bool) -> PathBuf {
    let end = if building { BUILDING } else { "" };
    folder.join(format!("{}{number}{SUFFIX}{end}", kind.prefix))
}

/// The newest file of this program's version, or a new one. What was left half built is removed.
pub(crate) fn open_newest(folder: &Path, kind: &Kind) -> Result<(u64, Connection), ViewsError> {
    remove_half_built(folder, kind)?;
    let mut numbers = numbers(folder, kind)?;
    while let Some(number) = numbers.pop() {
        let path = path_of(folder, kind, number, false);
        match open_known(&path, kind) {
            Ok(Some(connection)) => return Ok((number, connection)),
            Ok(None) => tracing::info!(path = %path.display(), "a read model of another version: building it anew"),
            Err(error) => tracing::warn!(path = %path.display(), %error, "an unreadable read model: building it anew"),
        }
        remove(&path)?;
    }
    Ok((1, create(&path_of(folder, kind, 1, false), kind)?))
}

/// The number after the last.
pub(crate) fn next_number(folder: &Path, kind: &Kind) -> Result<u64, ViewsError> {
    Ok(numbers(folder, kind)?.last().map_or(1, |last| last + 1))
}

/// An empty file with all its tables, ready to be used.
pub(crate) fn create(path: &Path, kind: &Kind) -> Result<Connection, ViewsError> {
    let connection = empty(path, kind)?;
    connection.execute_batch(&format!("BEGIN; {} COMMIT;", kind.indexes))?;
    tune(&connection)?;
    Ok(connection)
}

/// An empty file to be filled at a stretch by one who throws it away if that fails: without the indexes, and
/// without any care for power cuts until [`finish`].
pub(crate) fn create_to_build(path: &Path, kind: &Kind) -> Result<Connection, ViewsError> {
    let connection = empty(path, kind)?;
    connection.pragma_update(None, "journal_mode", "memory")?;
    connection.pragma_update(None, "synchronous", "off")?;
    connection.pragma_update(None, "cache_size", -131_072)?;
    Ok(connection)
}

/// Only its owner may read it: it holds what residents wrote.
fn empty(path: &Path, kind: &Kind) -> Result<Connection, ViewsError> {
    remove(path)?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| at(path, &error))?;
    let connection = writer(path)?;
    connection.execute_batch(&format!("BEGIN; {} COMMIT;", kind.schema))?;
    connection.pragma_update(None, "application_id", kind.application_id)?;
    connection.pragma_update(None, "user_version", kind.version)?;
    Ok(connection)
}

/// A connection that can't write.
pub(super) fn open_to_read(path: &Path) -> Result<Connection, ViewsError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_WAIT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    connection.pragma_update(None, "cache_size", -READER_CACHE)?;
    Ok(connection)
}

/// Gives a file that was built its indexes, makes it durable, and moves it to its own name.
pub(crate) fn finish(connection: Connection, building: &Path, path: &Path, kind: &Kind) -> Result<(), ViewsError> {
    connection.execute_batch(&format!("BEGIN; {} COMMIT; PRAGMA optimize;", kind.indexes))?;
    connection.close().map_err(|(_, error)| error)?;
    File::open(building).and_then(|file| file.sync_all()).map_err(|error| at(building, &error))?;
    remove(path)?;
    fs::rename(building, path).map_err(|error| at(path, &error))
}

/// Removes all files before the one before `current`.
pub(crate) fn forget_older(folder: &Path, kind: &Kind, current: u64) -> Result<(), ViewsError> {
    let mut older = numbers(folder, kind)?.into_iter().filter(|number| number + 1 < current);
    older.try_for_each(|number| remove(&path_of(folder, kind, number, false)))
}

fn writer(path: &Path) -> Result<Connection, ViewsError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_WAIT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    connection.pragma_update(None, "temp_store", "memory")?;
    Ok(connection)
}

/// For a file that is read while it is written. What a power cut takes away is read from the log again: rows and
/// position go together.
fn tune(connection: &Connection) -> Result<(), ViewsError> {
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "normal")?;
    connection.pragma_update(None, "cache_size", -WRITER_CACHE)?;
    Ok(())
}

/// `None`: it is of another version, or no read model.
pub(crate) fn open_known(path: &Path, kind: &Kind) -> Result<Option<Connection>, ViewsError> {
    let connection = writer(path)?;
    let number = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i32>(0));
    if number("application_id")? != kind.application_id || number("user_version")? != kind.version {
        return Ok(None);
    }
    tune(&connection)?;
    Ok(Some(connection))
}

/// The numbers of the files, in order.
pub(super) fn numbers(folder: &Path, kind: &Kind) -> Result<Vec<u64>, ViewsError> {
    let names = names(folder)?;
    let of = |name: &String| name.strip_prefix(kind.prefix)?.strip_suffix(SUFFIX)?.parse().ok();
    let mut numbers: Vec<u64> = names.iter().filter_map(of).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// What a rebuild that failed, or a program that was killed, left behind.
pub(crate) fn remove_half_built(folder: &Path, kind: &Kind) -> Result<(), ViewsError> {
    let is_half_built = |name: &&String| name.starts_with(kind.prefix) && name.ends_with(BUILDING);
    names(folder)?.iter().filter(is_half_built).try_for_each(|name| remove(&folder.join(name)))
}

fn names(folder: &Path) -> Result<Vec<String>, ViewsError> {
    let entries = fs::read_dir(folder).map_err(|error| at(folder, &error))?;
    Ok(entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect())
}

/// Removes a file with what SQLite keeps beside it.
pub(super) fn remove(path: &Path) -> Result<(), ViewsError> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(at(path, &error)),
            _ => {}
        }
    }
    Ok(())
}

pub(super) fn at(path: &Path, error: &std::io::Error) -> ViewsError {
    ViewsError::Storage(format!("{}: {error}", path.display()))
}
