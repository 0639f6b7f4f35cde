//! A workbook: Chinese headings that stay in sight, dates as dates, numbers as numbers.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_xlsxwriter::{Format, Workbook, Worksheet};
use serde_json::Value;

use crate::column::{Column, Kind, plain};
use crate::{SheetError, words};

type Result<T> = std::result::Result<T, SheetError>;

/// A paper size by its number in the format.
const A4: u8 = 9;
/// Rows of a sheet, the heading included; then the next sheet begins.
const ROWS_MAX: u32 = 1_048_576;
/// Characters of a cell.
pub(crate) const CELL_CHARACTERS_MAX: usize = 32_767;

pub struct XlsxSheet {
    name: String,
    columns: &'static [Column],
    book: Workbook,
    sheets: usize,
    /// Sheets of the present table.
    pages: usize,
    /// The next row of the last sheet.
    next: u32,
    zone: TimeZone,
    heading: Format,
    time: Format,
    share: Format,
}

impl XlsxSheet {
    /// A workbook that begins with a table named `name`; instants are shown in `zone`.
    pub fn new(name: &str, columns: &'static [Column], zone: &TimeZone) -> Result<Self> {
        let mut sheet = Self {
            name: name.to_owned(),
            columns,
            book: Workbook::new(),
            sheets: 0,
            pages: 0,
            next: ROWS_MAX,
            zone: zone.clone(),
            heading: Format::new().set_bold(),
            time: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
            share: Format::new().set_num_format("0.0%"),
        };
        sheet.begin()?;
        Ok(sheet)
    }

    /// Begins another table on a sheet of its own.
    pub fn another(&mut self, name: &str, columns: &'static [Column]) -> Result<()> {
        (self.name, self.columns, self.pages) = (name.to_owned(), columns, 0);
        self.begin()
    }

    pub fn row(&mut self, row: &Value) -> Result<()> {
        if self.next == ROWS_MAX {
            self.begin()?;
        }
        let at = self.next;
        let page = self.book.worksheet_from_index(self.sheets - 1)?;
        for (place, column) in (0..).zip(self.columns) {
            let value = column.value(row);
            match column.kind {
                Kind::Number => number(page, at, place, value)?,
                Kind::Share => share(page, at, place, value, &self.share)?,
                Kind::Time => time(page, at, place, value, &self.zone, &self.time)?,
                Kind::Flag => flag(page, at, place, value)?,
                Kind::Word | Kind::Name => text(page, at, place, words::chinese(&plain(value)))?,
                Kind::Text | Kind::Long | Kind::List => text(page, at, place, &plain(value))?,
                Kind::Json => text(page, at, place, &value.to_string())?,
            }
        }
        self.next += 1;
        Ok(())
    }

    /// The whole workbook, in a file that is gone when it is closed.
    pub fn finish(mut self) -> Result<File> {
        let mut file = tempfile::tempfile()?;
        let mut writer = BufWriter::new(&mut file);
        self.book.save_to_writer(&mut writer)?;
        writer.flush()?;
        drop(writer);
        file.rewind()?;
        Ok(file)
    }

    fn begin(&mut self) -> Result<()> {
        let page = self.book.add_worksheet_with_constant_memory()?;
        self.sheets += 1;
        self.pages += 1;
        page.set_name(if self.pages == 1 { self.name.clone() } else { format!("{} {}", self.name, self.pages) })?;
        for (place, column) in (0..).zip(self.columns) {
            page.set_column_width(place, column.width())?;
            page.write_string_with_format(0, place, column.chinese, &self.heading)?;
        }
        page.set_freeze_panes(1, 0)?;
        // On paper as wide as a sheet is, across as many sheets as it is long, each with the headings.
        page.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
        page.set_repeat_rows(0, 0)?;
        self.next = 1;
        Ok(())
    }
}

fn text(page: &mut Worksheet, row: u32, place: u16, text: &str) -> Result<()> {
    if !text.is_empty() {
        let fits: String = text.chars().take(CELL_CHARACTERS_MAX).collect();
        page.write_string(row, place, fits)?;
    }
    Ok(())
}

fn number(page: &mut Worksheet, row: u32, place: u16, value: &Value) -> Result<()> {
    if let Some(number) = value.as_f64() {
        page.write_number(row, place, number)?;
    }
    Ok(())
}

fn share(page: &mut Worksheet, row: u32, place: u16, value: &Value, format: &Format) -> Result<()> {
    if let Some(number) = value.as_f64() {
        page.write_number_with_format(row, place, number, format)?;
    }
    Ok(())
}

fn flag(page: &mut Worksheet, row: u32, place: u16, value: &Value) -> Result<()> {
    match value.as_bool() {
        Some(true) => text(page, row, place, "是"),
        Some(false) => text(page, row, place, "否"),
        None => Ok(()),
    }
}

fn time(page: &mut Worksheet, row: u32, place: u16, value: &Value, zone: &TimeZone, format: &Format) -> Result<()> {
    match value.as_str().and_then(|text| text.parse::<Timestamp>().ok()) {
        Some(at) => {
            page.write_datetime_with_format(row, place, zone.to_datetime(at), format)?;
            Ok(())
        }
        None => text(page, row, place, &plain(value)),
    }
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};
    use serde_json::json;

    use super::*;

    const COLUMNS: &[Column] = &[
        Column::new("state", "状态", Kind::Word),
        Column::new("filed_at", "点单时间", Kind::Time),
        Column::new("valid", "票数", Kind::Number),
    ];

    #[test]
    fn a_workbook_has_chinese_headings_dates_and_numbers() {
        let mut sheet = XlsxSheet::new("民情台账", COLUMNS, &TimeZone::get("Asia/Shanghai").unwrap()).unwrap();
        sheet.row(&json!({"state": "filed", "filed_at": "2026-01-01T00:00:00Z", "valid": 3})).unwrap();
        sheet.row(&json!({"state": "=1+1", "filed_at": null, "valid": null})).unwrap();
        let mut book = Xlsx::new(std::io::BufReader::new(sheet.finish().unwrap())).unwrap();
        let range = book.worksheet_range("民情台账").unwrap();
        assert_eq!(range.get((0, 1)), Some(&Data::String("点单时间".to_owned())));
        assert_eq!(range.get((1, 0)), Some(&Data::String("已点单".to_owned())));
        assert_eq!(range.get((1, 2)), Some(&Data::Float(3.0)));
        let Some(Data::DateTime(time)) = range.get((1, 1)) else { panic!("no date") };
        assert_eq!(time.to_ymd_hms_milli(), (2026, 1, 1, 8, 0, 0, 0));
        assert_eq!(range.get((2, 0)), Some(&Data::String("=1+1".to_owned())), "a text and no formula");
    }

    /// A part of a workbook, as it is written.
    fn part(book: &mut (impl std::io::Read + Seek), name: &str) -> String {
        let mut archive = zip::ZipArchive::new(book).unwrap();
        std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
    }

    #[test]
    fn its_header_stands_still_its_columns_have_widths_and_its_numbers_formats() {
        let mut sheet = XlsxSheet::new("民情台账", COLUMNS, &TimeZone::get("Asia/Shanghai").unwrap()).unwrap();
        sheet.row(&json!({"state": "filed", "filed_at": "2026-01-01T00:00:00Z", "valid": 3})).unwrap();
        let mut book = sheet.finish().unwrap();
        let page = part(&mut book, "xl/worksheets/sheet1.xml");
        assert!(page.contains("<pane ySplit=\"1\"") && page.contains("state=\"frozen\""), "{page}");
        assert_eq!(page.matches("customWidth=\"1\"").count(), COLUMNS.len(), "{page}");
        assert!(page.contains("orientation=\"landscape\"") && page.contains("fitToHeight=\"0\""), "{page}");
        assert!(
            part(&mut book, "xl/workbook.xml").contains("$1:$1"),
            "the headings come again on every sheet of paper"
        );
        let styles = part(&mut book, "xl/styles.xml");
        assert!(styles.contains("formatCode=\"yyyy-mm-dd hh:mm\""), "{styles}");
    }
}
