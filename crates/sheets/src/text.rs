//! A text file with commas, for programs and for spreadsheets that open it by a double click.

use serde_json::Value;

use crate::SheetError;
use crate::column::{Column, Kind, plain};

/// What makes a spreadsheet take a text for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];
/// Tells spreadsheets that it is UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

pub struct CsvSheet {
    columns: &'static [Column],
    writer: csv::Writer<Vec<u8>>,
}

impl CsvSheet {
    pub fn new(columns: &'static [Column]) -> Result<Self, SheetError> {
        let mut writer = csv::Writer::from_writer(MARK.to_vec());
        writer.write_record(columns.iter().map(|column| column.key))?;
        writer.flush()?;
        Ok(Self { columns, writer })
    }

    pub fn row(&mut self, row: &Value) -> Result<(), SheetError> {
        Ok(self.writer.write_record(self.columns.iter().map(|column| cell(column, row)))?)
    }

    /// Bytes that are ready to be taken.
    pub fn waiting_bytes(&self) -> usize {
        self.writer.get_ref().len()
    }

    pub fn take(&mut self) -> Result<Vec<u8>, SheetError> {
        self.writer.flush()?;
        let fresh = csv::Writer::from_writer(Vec::new());
        let full = std::mem::replace(&mut self.writer, fresh);
        full.into_inner().map_err(|error| error.into_error().into())
    }
}

/// A text that a spreadsheet would run as a formula gets a quotation mark in front.
fn cell(column: &Column, row: &Value) -> String {
    let text = plain(column.value(row));
    let is_text = !matches!(column.kind, Kind::Number | Kind::Share | Kind::Time | Kind::Flag);
    if is_text && text.starts_with(FORMULA) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const COLUMNS: &[Column] =
        &[Column::new("title", "标题", Kind::Text), Column::new("rate.share", "率", Kind::Share)];

    #[test]
    fn a_table_begins_with_the_mark_and_guards_formulas() {
        let mut sheet = CsvSheet::new(COLUMNS).unwrap();
        sheet.row(&json!({"title": "=HYPERLINK(\"x\")", "rate": {"share": -0.5}})).unwrap();
        sheet.row(&json!({"title": "路灯,\n不亮", "rate": null})).unwrap();
        let text = String::from_utf8(sheet.take().unwrap()).unwrap();
        assert_eq!(text, "\u{feff}title,rate.share\n\"'=HYPERLINK(\"\"x\"\")\",-0.5\n\"路灯,\n不亮\",\n");
        sheet.row(&json!({"title": "+86"})).unwrap();
        assert_eq!(sheet.take().unwrap(), b"'+86,\n");
    }
}
