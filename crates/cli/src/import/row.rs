//! One row of a table, wherever it came from.

/// The cells of a row as text, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Line of a text file, or row of a sheet, from 1. The header counts.
    pub line: u64,
    pub cells: Vec<String>,
    /// Why the cells can't be trusted; they are kept for the file of rejected rows.
    pub broken: Option<String>,
    /// How far the file was read when this row ended: bytes, or rows of a sheet.
    pub read: u64,
}

impl Row {
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}
