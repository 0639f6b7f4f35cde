//! Writes tables as an office reads them: workbooks with Chinese headings that stay in sight, dates as dates and numbers as
//! numbers; or text files with commas that a spreadsheet opens by a double click.
//!
//! A row is a JSON object, a column the path to a value in it. What a table says is decided by whoever fills it.

mod column;
mod digest;
mod error;
mod leaf;
mod text;
mod words;
mod workbook;

pub use column::{Column, Kind};
pub use digest::digest;
pub use error::SheetError;
pub use leaf::{Cell, Leaf, leaves};
pub use text::CsvSheet;
pub use workbook::XlsxSheet;
