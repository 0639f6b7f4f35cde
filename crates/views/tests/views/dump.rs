//! All tables of the files in a folder, as text.

use std::path::{Path, PathBuf};

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};

/// The newest file of a model.
pub fn newest(folder: &Path, prefix: &str) -> PathBuf {
    let of = |entry: std::io::Result<std::fs::DirEntry>| {
        let name = entry.unwrap().file_name().into_string().unwrap();
        name.strip_prefix(prefix)?.strip_suffix(".sqlite")?.parse::<u64>().ok()
    };
    let number = std::fs::read_dir(folder).unwrap().filter_map(of).max().unwrap();
    folder.join(format!("{prefix}{number}.sqlite"))
}

/// Every index, and every row of every table, in order; the search index by the numbers of its rows.
pub fn dump(folder: &Path) -> Vec<String> {
    let main = open(&newest(folder, "views-"));
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name";
    let tables: Vec<String> =
        main.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut lines = Vec::new();
    rows(&main, "indexes", "SELECT name, sql FROM sqlite_schema WHERE type = 'index'", &mut lines);
    for table in tables {
        // A counter that went back to nothing is the same as none.
        let only = if table == "counter" { "WHERE n <> 0" } else { "" };
        rows(&main, &table, &format!("SELECT * FROM {table} {only}"), &mut lines);
    }
    let search = open(&newest(folder, "search-"));
    rows(&search, "search", "SELECT * FROM request", &mut lines);
    rows(&search, "texts", "SELECT rowid FROM texts", &mut lines);
    lines
}

fn rows(connection: &Connection, table: &str, sql: &str, lines: &mut Vec<String>) {
    let mut statement = connection.prepare(sql).unwrap();
    let columns = statement.column_count();
    let mut rows = statement.query([]).unwrap();
    let first = lines.len();
    while let Some(row) = rows.next().unwrap() {
        let values: Vec<Value> = (0..columns).map(|column| row.get(column).unwrap()).collect();
        lines.push(format!("{table}: {values:?}"));
    }
    lines[first..].sort();
}

pub fn open(path: &Path) -> Connection {
    Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap()
}
