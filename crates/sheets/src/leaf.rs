//! Words and numbers on sheets of their own, in whatever language they are filled in: minutes, say.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};

use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet};

use crate::SheetError;
use crate::workbook::CELL_CHARACTERS_MAX;

/// Widths in characters: of a first column, and of the others.
const WIDTHS: (f64, f64) = (30.0, 18.0);
/// Of what stands beside a name, where there is nothing else.
const FACT_WIDTH: f64 = 80.0;
/// Characters of a sheet's name, and those that it can't have.
const NAME_CHARACTERS_MAX: usize = 31;
const NOT_IN_NAMES: [char; 7] = ['[', ']', ':', '*', '?', '/', '\\'];

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Words(String),
    Number(f64),
    Empty,
}

impl Cell {
    pub fn number(number: impl Into<f64>) -> Self {
        Self::Number(number.into())
    }

    pub fn count(count: usize) -> Self {
        Self::number(u32::try_from(count).unwrap_or(u32::MAX))
    }
}

/// One sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    pub name: String,
    /// Empty: the first cell of each row is its heading.
    pub head: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

/// Writes a workbook; the file has no name and is gone when it is closed.
pub fn leaves(leaves: &[Leaf]) -> Result<File, SheetError> {
    let mut book = Workbook::new();
    for leaf in leaves {
        write(book.add_worksheet(), leaf)?;
    }
    let mut file = tempfile::tempfile()?;
    let mut writer = BufWriter::new(&mut file);
    book.save_to_writer(&mut writer)?;
    writer.flush()?;
    drop(writer);
    file.rewind()?;
    Ok(file)
}

fn write(page: &mut Worksheet, leaf: &Leaf) -> Result<(), SheetError> {
    let (bold, plain) = (Format::new().set_bold().set_text_wrap(), Format::new().set_text_wrap());
    let (bold, plain) = (bold.set_align(FormatAlign::Top), plain.set_align(FormatAlign::Top));
    let name: String =
        leaf.name.chars().filter(|sign| !NOT_IN_NAMES.contains(sign)).take(NAME_CHARACTERS_MAX).collect();
    page.set_name(name)?.set_landscape().set_print_fit_to_pages(1, 0);
    let columns = leaf.rows.iter().map(Vec::len).max().unwrap_or_default().max(leaf.head.len());
    for place in (0_u16..).take(columns) {
        let width = match place {
            0 => WIDTHS.0,
            _ if leaf.head.is_empty() => FACT_WIDTH,
            _ => WIDTHS.1,
        };
        page.set_column_width(place, width)?;
    }
    for (place, words) in (0..).zip(&leaf.head) {
        page.write_string_with_format(0, place, words, &bold)?;
    }
    let first = u32::from(!leaf.head.is_empty());
    page.set_freeze_panes(first, 0)?;
    for (row, cells) in (first..).zip(&leaf.rows) {
        for (place, cell) in (0_u16..).zip(cells) {
            let format = if place == 0 && leaf.head.is_empty() { &bold } else { &plain };
            match cell {
                Cell::Words(words) => {
                    let fits: String = words.chars().take(CELL_CHARACTERS_MAX).collect();
                    page.write_string_with_format(row, place, fits, format)?;
                }
                Cell::Number(number) => _ = page.write_number_with_format(row, place, *number, format)?,
                Cell::Empty => {}
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use calamine::{Data, Reader, Xlsx};

    use super::*;

    #[test]
    fn a_leaf_has_its_heading_words_and_numbers_whatever_it_is_called() {
        let words = |words: &str| Cell::Words(words.to_owned());
        let given = [
            Leaf {
                name: "公告".to_owned(), head: Vec::new(), rows: vec![vec![words("名额"), Cell::number(30_u32)]]
            },
            Leaf {
                name: "a/b: what came out, in so many words".to_owned(),
                head: vec!["单位".to_owned(), "有效票".to_owned()],
                rows: vec![vec![words("=1+1"), Cell::Empty], vec![words("供电所"), Cell::count(7)]],
            },
        ];
        let mut book = Xlsx::new(std::io::BufReader::new(leaves(&given).unwrap())).unwrap();
        assert_eq!(book.sheet_names(), ["公告", "ab what came out, in so many wo"]);
        let mut cell =
            |nth: usize, row, column| book.worksheet_range_at(nth).unwrap().unwrap().get_value((row, column)).cloned();
        assert_eq!(cell(0, 0, 1), Some(Data::Float(30.0)));
        assert_eq!(cell(1, 0, 1), Some(Data::String("有效票".to_owned())));
        assert_eq!(cell(1, 1, 0), Some(Data::String("=1+1".to_owned())), "a text and no formula");
        assert_eq!(cell(1, 2, 1), Some(Data::Float(7.0)));
    }
}
