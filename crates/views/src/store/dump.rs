//! All tables of the files in a folder, as text: what tests and fault runs compare two sets of read models by.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::file::{Kind, MAIN, SEARCH, next_number, open_to_read, path_of};
use crate::ViewsError;

/// Every index, and every row of every table, in order; the search index by the numbers of its rows.
///
/// A server may be running on the folder: each file is read in one state. Two folders that were fed the same log give
/// the same lines.
pub fn dump(folder: &Path) -> Result<Vec<String>, ViewsError> {
    let main = open(folder, &MAIN)?;
    main.execute_batch("BEGIN")?;
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let mut names = main.prepare(sql)?;
    let tables = names.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let mut lines = Vec::new();
    rows(&main, "indexes", "SELECT name, sql FROM sqlite_schema WHERE type = 'index'", &mut lines)?;
    for table in tables {
        // A counter that went back to nothing is the same as none.
        let only = if table == "counter" { "WHERE n <> 0" } else { "" };
        rows(&main, &table, &format!("SELECT * FROM {table} {only}"), &mut lines)?;
    }
    let search = open(folder, &SEARCH)?;
    search.execute_batch("BEGIN")?;
    rows(&search, "search", "SELECT * FROM request", &mut lines)?;
    rows(&search, "texts", "SELECT rowid FROM texts", &mut lines)?;
    Ok(lines)
}

fn open(folder: &Path, kind: &Kind) -> Result<Connection, ViewsError> {
    open_to_read(&path_of(folder, kind, next_number(folder, kind)? - 1, false))
}

fn rows(connection: &Connection, table: &str, sql: &str, lines: &mut Vec<String>) -> Result<(), ViewsError> {
    let mut statement = connection.prepare(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    let first = lines.len();
    while let Some(row) = rows.next()? {
        let values = (0..columns).map(|column| row.get::<_, Value>(column)).collect::<Result<Vec<_>, _>>()?;
        lines.push(format!("{table}: {values:?}"));
    }
    lines[first..].sort();
    Ok(())
}
