//! Which kind of file it is, by what is in it, and its rows.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};

use super::column::{Columns, not_a_table};
use super::csv_rows::CsvRows;
use super::row::Row;
use super::xlsx_rows::XlsxRows;
use crate::control::Unit;

/// Enough to know a file by.
const START_BYTES: u64 = 8_192;

/// A file that can be imported.
pub struct Opened {
    pub columns: Columns,
    pub source: Source,
    /// How much there is to read, in `unit`.
    pub total: Option<u64>,
    pub unit: Unit,
}

pub enum Source {
    Csv(CsvRows),
    Xlsx(XlsxRows),
}

impl Source {
    /// The next row that is not blank.
    pub fn next(&mut self) -> Result<Option<Row>> {
        loop {
            let row = match self {
                Self::Csv(rows) => rows.next()?,
                Self::Xlsx(rows) => rows.next()?,
            };
            match row {
                Some(row) if row.is_blank() && row.broken.is_none() => {}
                row => return Ok(row),
            }
        }
    }
}

impl Opened {
    /// Opens the file and reads its header.
    pub fn open(path: &Path) -> Result<Self> {
        let at = || format!("read {}", path.display());
        let mut file = File::open(path).with_context(at)?;
        let meta = file.metadata().with_context(at)?;
        if !meta.is_file() {
            return Err(not_a_table(format!("{} is not a file", path.display())));
        }
        let mut start = Vec::new();
        Read::by_ref(&mut file).take(START_BYTES).read_to_end(&mut start).with_context(at)?;
        if start.starts_with(b"PK\x03\x04") {
            let (rows, columns) = XlsxRows::open(path)?;
            let total = rows.total;
            return Ok(Self { columns, source: Source::Xlsx(rows), total, unit: Unit::Rows });
        }
        refuse_strangers(path, &start)?;
        let (rows, columns) = CsvRows::open(path)?;
        Ok(Self { columns, source: Source::Csv(rows), total: Some(meta.len()), unit: Unit::Bytes })
    }
}

/// Files that are certainly not a text with columns, each with what to do.
fn refuse_strangers(path: &Path, start: &[u8]) -> Result<()> {
    let what = match start {
        [] => "is empty",
        [0xd0, 0xcf, 0x11, 0xe0, ..] => "is an old .xls workbook: save it as .xlsx",
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "is UTF-16 text: save it as \"CSV UTF-8\"",
        start if start.contains(&0) => "is neither .csv nor .xlsx",
        _ => return Ok(()),
    };
    Err(not_a_table(format!("{} {what}", path.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let error = Opened::open(file.path()).err().unwrap().to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn a_file_of_another_kind_is_named_for_what_it_is() {
        check(b"", "empty");
        check(b"\xd0\xcf\x11\xe0\xa1\xb1", ".xls workbook");
        check(b"\xff\xfem\0e\0", "UTF-16");
        check(b"\x89PNG\r\n\x1a\n\0\0\0\x0d", "neither");
        check(b"PK\x03\x04 and then nothing", ".xlsx");
        check(b"just a text\n", "header");
    }
}
