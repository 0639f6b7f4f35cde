//! Rows of the first sheet of an `.xlsx` file.
//!
//! Cells are read one after the other. Only the texts that the format itself keeps apart from the sheet
//! (its shared strings) are in memory.

use std::collections::VecDeque;
use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::sync::mpsc;

use anyhow::{Context, Result, anyhow};
use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, open_workbook};

use super::column::{self, Columns};
use super::row::Row;

/// Rows read ahead.
const ROWS_AHEAD: usize = 256;
/// A header wider than this is not one of ours.
const CELLS_MAX: usize = 256;

/// Reads rows one after the other. The file is read in a thread of its own, because the reader of its cells
/// borrows the file.
pub struct XlsxRows {
    rows: mpsc::Receiver<Result<Row>>,
    ahead: VecDeque<Row>,
    /// Rows of the sheet, the header included, if the file says so.
    pub total: Option<u64>,
}

impl XlsxRows {
    /// Opens the file and reads its header.
    pub fn open(path: &Path) -> Result<(Self, Columns)> {
        let (send, rows) = mpsc::sync_channel(ROWS_AHEAD);
        let (say_total, total) = mpsc::channel();
        let path = path.to_owned();
        std::thread::Builder::new().name("xlsx".to_owned()).spawn(move || {
            if let Err(error) = read(&path, &say_total, &send) {
                _ = send.send(Err(error));
            }
        })?;
        let total = total.recv().ok();
        let mut rows = Self { rows, ahead: VecDeque::new(), total };
        let header = rows.next()?.ok_or_else(|| column::not_a_table("the first sheet is empty"))?;
        Ok((rows, Columns::of(header.cells)?))
    }

    /// The next row, or `None` at the end.
    pub fn next(&mut self) -> Result<Option<Row>> {
        if let Some(row) = self.ahead.pop_front() {
            return Ok(Some(row));
        }
        self.rows.recv().ok().transpose()
    }
}

fn read(path: &PathBuf, total: &mpsc::Sender<u64>, rows: &mpsc::SyncSender<Result<Row>>) -> Result<()> {
    let mut book: Xlsx<BufReader<File>> =
        open_workbook(path).map_err(|error: calamine::XlsxError| not_a_workbook(path, &error))?;
    let sheets = book.sheet_names();
    let first = sheets.first().ok_or_else(|| column::not_a_table("the workbook has no sheet"))?;
    let mut cells = book.worksheet_cells_reader(first).map_err(|error| not_a_workbook(path, &error))?;
    _ = total.send(u64::from(cells.dimensions().end.0) + 1);
    let mut row: Option<Row> = None;
    loop {
        let cell = cells.next_cell().context("read the sheet")?;
        let number = cell.as_ref().map(|cell| u64::from(cell.get_position().0) + 1);
        if row.as_ref().map(|row| row.line) != number
            && let Some(done) = row.take()
            && rows.send(Ok(done)).is_err()
        {
            return Ok(());
        }
        let (Some(cell), Some(line)) = (cell, number) else { return Ok(()) };
        let row = row.get_or_insert_with(|| Row { line, cells: Vec::new(), broken: None, read: line });
        put(&mut row.cells, cell.get_position().1 as usize, text(cell.get_value()));
    }
}

/// Empty cells are not in the file.
fn put(cells: &mut Vec<String>, place: usize, text: String) {
    if place >= CELLS_MAX || text.is_empty() {
        return;
    }
    if cells.len() <= place {
        cells.resize(place + 1, String::new());
    }
    cells[place] = text;
}

fn text(cell: &DataRef<'_>) -> String {
    match cell {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Numbers are kept as floating point: 188006 is written without a fraction.
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(time) => written(time),
        DataRef::Error(error) => error.to_string(),
        _ => String::new(),
    }
}

/// As a text that the reader of times understands.
fn written(time: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
    // Day numbers are fractions: half a second up or down is the writer's rounding.
    let second = if milli >= 500 { second.saturating_add(1).min(59) } else { second };
    format!("{year}-{month}-{day} {hour}:{minute}:{second}")
}

fn not_a_workbook(path: &Path, error: &calamine::XlsxError) -> anyhow::Error {
    match error {
        calamine::XlsxError::Io(error) => anyhow!("read {}: {error}", path.display()),
        error => column::not_a_table(format!("{} can't be read as .xlsx: {error}", path.display())),
    }
}
