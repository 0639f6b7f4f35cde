//! Whose file it is, and which schema it has.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OptionalExtension};

use crate::LogError;

mod migrations {
    refinery::embed_migrations!("migrations/sqlite");
}

/// Marks a SQLite file as one of our logs: "sand".
const APPLICATION_ID: i32 = 0x7361_6e64;

/// Refuses a file that another program wrote, before anything in it is touched. A new file gets our mark.
pub(super) fn check_ours(connection: &Connection, path: &Path) -> Result<(), LogError> {
    let not_ours = || LogError::Unusable(format!("{} is not a log of sandan", path.display()));
    let id = connection.pragma_query_value(None, "application_id", |row| row.get::<_, i32>(0));
    let id = id.map_err(|error| match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => not_ours(),
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

/// Brings the file to the schema of this program; refuses one that is newer.
pub(super) fn migrate(connection: &mut Connection, path: &Path) -> Result<(), LogError> {
    let runner = migrations::migrations::runner();
    let known = runner.get_migrations().iter().map(|migration| migration.version()).max();
    let known = known.map_or(0, i64::from);
    let found = version(connection)?;
    if found > known {
        return Err(LogError::Newer { log: path.display().to_string(), found, known });
    }
    // Nothing to do, as at almost every start.
    if found == known {
        return Ok(());
    }
    runner.run(connection).map_err(|error| LogError::Storage(error.to_string()))?;
    Ok(())
}

/// Number of the last migration that was applied; 0 for an empty file.
fn version(connection: &Connection) -> Result<i64, LogError> {
    let sql = "SELECT 1 FROM sqlite_schema WHERE name = 'refinery_schema_history'";
    if connection.query_row(sql, [], |_| Ok(())).optional()?.is_none() {
        return Ok(0);
    }
    let sql = "SELECT coalesce(max(version), 0) FROM refinery_schema_history";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}
