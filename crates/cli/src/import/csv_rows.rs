//! Rows of a text file with commas, semicolons or tabs, quoted as spreadsheets do.
//!
//! Both encodings keep quotes, delimiters and line ends as the ASCII bytes they are, so rows are cut from the
//! raw bytes and each cell is decoded by itself: damage stays in its row.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use anyhow::{Context, Result};
use csv::{ByteRecord, Reader, ReaderBuilder};
use encoding_rs::Encoding;

use super::column::{self, Columns};
use super::encoding;
use super::row::Row;

/// A row over more lines than this, with the wrong number of cells, has lost a quotation mark.
const LINES_MAX: u64 = 200;
/// Of the header, for the guess of its delimiter.
const LINE_BYTES_MAX: u64 = 1 << 16;
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];
const BOM: &[u8] = b"\xef\xbb\xbf";

/// Reads rows one after the other.
pub struct CsvRows {
    reader: Reader<BufReader<File>>,
    encoding: &'static Encoding,
    record: ByteRecord,
    width: usize,
    /// With `\r\n` the reader counts a line only when the next one begins.
    uncounted_lines: u64,
}

impl CsvRows {
    /// Opens the file and reads its header.
    pub fn open(path: &Path) -> Result<(Self, Columns)> {
        let encoding = encoding::detect(path).with_context(|| format!("read {}", path.display()))?;
        let file = BufReader::new(after_bom(path).with_context(|| format!("read {}", path.display()))?);
        let first = first_line(path).with_context(|| format!("read {}", path.display()))?;
        let delimiter = delimiter(&encoding.decode_without_bom_handling(&first).0);
        let mut builder = ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(delimiter);
        let mut rows = Self {
            reader: builder.from_reader(file),
            encoding,
            record: ByteRecord::new(),
            width: 0,
            uncounted_lines: 0,
        };
        let header = rows.next()?.filter(|row| row.broken.is_none());
        let header = header.ok_or_else(|| column::not_a_table("the file has no header row that can be read"))?;
        rows.width = header.cells.len();
        rows.uncounted_lines = u64::from(first.ends_with(b"\r\n"));
        Ok((rows, Columns::of(header.cells)?))
    }

    /// The next row, or `None` at the end.
    pub fn next(&mut self) -> Result<Option<Row>> {
        if !self.reader.read_byte_record(&mut self.record)? {
            return Ok(None);
        }
        let line = self.record.position().map_or(0, csv::Position::line) + self.uncounted_lines;
        let end = self.reader.position();
        let lines = end.line().saturating_sub(line);
        let mut broken = None;
        let mut cells = Vec::with_capacity(self.record.len());
        for bytes in &self.record {
            cells.push(encoding::decode(self.encoding, bytes).map_or_else(
                || {
                    broken = Some(format!("not readable as {}", self.encoding.name()));
                    String::from_utf8_lossy(bytes).into_owned()
                },
                std::borrow::Cow::into_owned,
            ));
        }
        let broken = broken.or_else(|| self.wrong_width(&mut cells, lines));
        Ok(Some(Row { line, cells, broken, read: end.byte() }))
    }

    /// Blank cells behind the last column are what spreadsheets leave there.
    fn wrong_width(&self, cells: &mut Vec<String>, lines: u64) -> Option<String> {
        if self.width == 0 || cells.len() == self.width {
            return None;
        }
        while cells.len() > self.width && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
            cells.pop();
        }
        if cells.len() == self.width || cells.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let (has, needs) = (cells.len(), self.width);
        Some(match lines > LINES_MAX {
            true => format!("{has} cells over {lines} lines instead of {needs} cells: a quotation mark is not closed"),
            false => format!("{has} cells where the header has {needs}"),
        })
    }
}

fn after_bom(path: &Path) -> io::Result<File> {
    let mut file = File::open(path)?;
    let mut start = Vec::with_capacity(BOM.len());
    Read::by_ref(&mut file).take(BOM.len() as u64).read_to_end(&mut start)?;
    if start != BOM {
        file.seek(SeekFrom::Start(0))?;
    }
    Ok(file)
}

fn first_line(path: &Path) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    BufReader::new(after_bom(path)?).take(LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
    Ok(line)
}

/// The delimiter by which most names of the first line are understood.
fn delimiter(line: &str) -> u8 {
    let best = DELIMITERS.into_iter().rev().max_by_key(|by| column::understood(line.split(char::from(*by))));
    best.unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(bytes: &[u8]) -> Vec<Row> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let (mut rows, _) = CsvRows::open(file.path()).unwrap();
        std::iter::from_fn(|| rows.next().unwrap()).collect()
    }

    #[test]
    fn quoted_lines_windows_line_ends_and_a_bom_are_read() {
        let text =
            "\u{feff}message_id,submitted_at,body\r\n1,2019/2/14,\"第一行\r\n第二行，\"\"引\"\"\"\r\n2,2019/2/15,b\r\n";
        let rows = rows(text.as_bytes());
        assert_eq!(rows[0].cells[2], "第一行\r\n第二行，\"引\"");
        assert_eq!((rows[0].line, rows[1].line), (2, 4));
    }

    #[test]
    fn gbk_semicolons_and_tabs_are_read() {
        for delimiter in [";", "\t", ","] {
            let text = ["留言编号", "留言时间", "留言详情"].join(delimiter)
                + "\n"
                + &["1", "2019/2/14", "漏水"].join(delimiter);
            let rows = rows(&encoding_rs::GB18030.encode(&text).0);
            assert_eq!(rows[0].cells, ["1", "2019/2/14", "漏水"]);
        }
    }

    #[test]
    fn damage_stays_in_its_row() {
        let mut bytes =
            "message_id,submitted_at,body\n1,2019/2/14,漏水漏水漏水漏水漏水漏水\n2,2019/2/14,".to_owned().into_bytes();
        bytes.extend(b"\xff\xfe\n3,2019/2/14\n4,2019/2/14,b,,\n5,2019/2/14,b,c\n");
        let broken: Vec<bool> = rows(&bytes).iter().map(|row| row.broken.is_some()).collect();
        assert_eq!(broken, [false, true, true, false, true]);
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_is_named() {
        let text = format!("message_id,submitted_at,body\n1,\"2019/2/14,b\n{}", "2,2019/2/14,b\n".repeat(300));
        let reason = rows(text.as_bytes())[0].broken.clone().unwrap();
        assert!(reason.contains("not closed"), "{reason}");
    }
}
