//! The file of rows that did not go in: line, reason, and the row as it was, ready to be mended and imported
//! again.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::row::Row;
use crate::folder::private_file;

/// Made with the first row that is rejected.
pub struct Rejects {
    /// Where it is tried, best first.
    places: Vec<PathBuf>,
    header: Vec<String>,
    open: Option<(PathBuf, csv::Writer<File>)>,
    pub count: u64,
}

impl Rejects {
    /// Beside the input, or in `here` where that folder can't be written to.
    pub fn new(input: &Path, here: &Path, columns: &[String]) -> Self {
        let mut name = input.file_name().unwrap_or_default().to_owned();
        name.push(".rejected.csv");
        let header = ["line", "reason"].map(str::to_owned).into_iter().chain(columns.iter().cloned()).collect();
        Self { places: vec![input.with_file_name(&name), here.join(&name)], header, open: None, count: 0 }
    }

    pub fn add(&mut self, row: &Row, reason: &str) -> Result<()> {
        let (path, writer) = match &mut self.open {
            Some(open) => open,
            open => open.insert(begin(&self.places, &self.header)?),
        };
        self.count += 1;
        let cells = [row.line.to_string(), reason.to_owned()];
        let cells = cells.iter().chain(&row.cells);
        writer.write_record(cells).with_context(|| format!("write {}", path.display()))
    }

    /// Writes what is left and says where the file is, if there is one.
    pub fn finish(self) -> Result<Option<PathBuf>> {
        let Some((path, mut writer)) = self.open else { return Ok(None) };
        writer.flush().with_context(|| format!("write {}", path.display()))?;
        Ok(Some(path))
    }
}

fn begin(places: &[PathBuf], header: &[String]) -> Result<(PathBuf, csv::Writer<File>)> {
    let mut failed = None;
    for path in places {
        match start(path, header) {
            Ok(writer) => return Ok((path.clone(), writer)),
            Err(error) => _ = failed.get_or_insert_with(|| format!("{}: {error}", path.display())),
        }
    }
    anyhow::bail!("can't write the file of rejected rows ({})", failed.unwrap_or_default())
}

/// The mark at the beginning tells spreadsheets that it is UTF-8.
fn start(path: &Path, header: &[String]) -> io::Result<csv::Writer<File>> {
    let mut file = private_file(path)?;
    file.write_all("\u{feff}".as_bytes())?;
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(file);
    writer.write_record(header)?;
    Ok(writer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        Row { line: 3, cells: vec!["7".to_owned(), "a\nb".to_owned()], broken: None, read: 0 }
    }

    #[test]
    fn rejected_rows_stand_beside_the_input_with_line_and_reason() {
        let temp = tempfile::tempdir().unwrap();
        let mut rejects = Rejects::new(&temp.path().join("in.csv"), Path::new("/"), &["id".to_owned(), "b".to_owned()]);
        rejects.add(&row(), "body is required").unwrap();
        let path = rejects.finish().unwrap().unwrap();
        assert_eq!(path, temp.path().join("in.csv.rejected.csv"));
        let text = std::fs::read_to_string(path).unwrap();
        assert_eq!(text, "\u{feff}line,reason,id,b\n3,body is required,7,\"a\nb\"\n");
    }

    #[test]
    fn where_the_inputs_folder_can_t_be_written_they_stand_here() {
        let temp = tempfile::tempdir().unwrap();
        let mut rejects = Rejects::new(Path::new("/nowhere/in.csv"), temp.path(), &[]);
        rejects.add(&row(), "x").unwrap();
        assert_eq!(rejects.finish().unwrap().unwrap(), temp.path().join("in.csv.rejected.csv"));
    }

    #[test]
    fn without_rejected_rows_there_is_no_file() {
        let temp = tempfile::tempdir().unwrap();
        assert_eq!(Rejects::new(&temp.path().join("a"), temp.path(), &[]).finish().unwrap(), None);
    }
}
