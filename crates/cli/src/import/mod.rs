//! Reads residents' messages from other systems: `.csv` and `.xlsx`, as they come out of real offices.
//!
//! Row by row, in constant memory; what can't go in is named with its line and reason, and kept in a file.

mod column;
mod csv_rows;
mod encoding;
mod file;
mod message;
mod rejects;
mod row;
mod run;
mod time;
mod xlsx_rows;

pub use run::{Job, run};
