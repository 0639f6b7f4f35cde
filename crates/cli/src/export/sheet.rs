//! One way to write rows, whatever the file.

use anyhow::{Context, Result};
use clap::ValueEnum;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::control::Reporter;
use sandan_sheets::{Column, CsvSheet, XlsxSheet};

/// Bytes gathered before they are sent.
const CHUNK_BYTES: usize = 1 << 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    Csv,
    Xlsx,
    Jsonl,
}

/// Writes rows of a table, each given as a JSON object, to whoever asked.
pub struct Sheet<'a> {
    writer: Writer,
    to: &'a Reporter,
    pub rows: u64,
}

enum Writer {
    Csv(Box<CsvSheet>),
    Xlsx(Box<XlsxSheet>),
    Jsonl(Vec<u8>),
}

impl<'a> Sheet<'a> {
    pub fn new(format: Format, name: &str, columns: &'static [Column], to: &'a Reporter) -> Result<Self> {
        let writer = match format {
            Format::Csv => Writer::Csv(Box::new(CsvSheet::new(columns)?)),
            Format::Xlsx => {
                Writer::Xlsx(Box::new(XlsxSheet::new(name, columns, &sandan_domain::time::Policy::standard().zone)?))
            }
            Format::Jsonl => Writer::Jsonl(Vec::new()),
        };
        Ok(Self { writer, to, rows: 0 })
    }

    pub async fn row(&mut self, row: &Value) -> Result<()> {
        self.rows += 1;
        let ready = match &mut self.writer {
            Writer::Csv(sheet) => {
                sheet.row(row)?;
                (sheet.waiting_bytes() >= CHUNK_BYTES).then(|| sheet.take()).transpose()?
            }
            Writer::Xlsx(sheet) => {
                sheet.row(row)?;
                None
            }
            Writer::Jsonl(bytes) => {
                serde_json::to_writer(&mut *bytes, row)?;
                bytes.push(b'\n');
                (bytes.len() >= CHUNK_BYTES).then(|| std::mem::take(bytes))
            }
        };
        match ready {
            Some(bytes) => self.to.chunk(bytes).await,
            None => Ok(()),
        }
    }

    /// Writes what is left. A workbook can only be written now: its parts lay in a file without a name.
    pub async fn finish(self) -> Result<u64> {
        match self.writer {
            Writer::Csv(mut sheet) => self.to.chunk(sheet.take()?).await?,
            Writer::Jsonl(bytes) => self.to.chunk(bytes).await?,
            Writer::Xlsx(sheet) => {
                let file =
                    tokio::task::spawn_blocking(move || sheet.finish()).await.context("write the workbook")??;
                send(file, self.to).await?;
            }
        }
        Ok(self.rows)
    }
}

/// Sends a file in pieces.
pub async fn send(file: std::fs::File, to: &Reporter) -> Result<()> {
    use tokio::io::AsyncReadExt;
    let mut file = tokio::fs::File::from_std(file);
    loop {
        let mut chunk = vec![0; CHUNK_BYTES];
        let read = file.read(&mut chunk).await?;
        if read == 0 {
            return Ok(());
        }
        chunk.truncate(read);
        to.chunk(chunk).await?;
    }
}
