//! Where a model stands: position, generation and hash of the last record in it.

use rusqlite::Connection;
use sandan_log::{Hash, Head};

use crate::ViewsError;

pub(crate) fn read_head(connection: &Connection) -> Result<Head, ViewsError> {
    let sql = "SELECT position, generation, hash FROM progress";
    Ok(connection.query_row(sql, [], |row| {
        Ok(Head { position: row.get(0)?, generation: row.get(1)?, hash: Hash(row.get(2)?) })
    })?)
}

pub(crate) fn write_head(connection: &Connection, head: &Head) -> Result<(), ViewsError> {
    let sql = "UPDATE progress SET position = ?, generation = ?, hash = ?";
    connection.prepare_cached(sql)?.execute((head.position, head.generation, head.hash.0))?;
    Ok(())
}
