//! What an operator sees: results on standard output, everything else on standard error.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use anyhow::{Result, anyhow};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;

use crate::control::{Answer, Frame, Progress, Unit};

/// What a command does with results that come in pieces.
pub trait Pieces {
    fn item(&mut self, value: &Value) -> Result<()> {
        say(&value.to_string())
    }

    fn chunk(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(io::stdout().lock().write_all(bytes)?)
    }
}

/// Nothing comes in pieces.
pub struct Whole;

impl Pieces for Whole {}

/// Follows an operation to its end: bar and notes for people, pieces to the command. Returns the result.
pub async fn follow(answer: Answer, pieces: &mut impl Pieces) -> Result<Value> {
    let mut screen = Screen::default();
    let mut answer = answer;
    let mut last = None;
    while let Some(frame) = answer.next().await {
        match frame {
            Frame::Progress(progress) => screen.progress(progress),
            Frame::Note { text } => screen.note(&text),
            Frame::Item { value } => pieces.item(&value)?,
            Frame::Chunk { bytes } => pieces.chunk(&bytes)?,
            Frame::Done { value } => last = Some(Ok(value)),
            Frame::Failed(failure) => last = Some(Err(failure)),
        }
    }
    screen.clear();
    answer.close().await?;
    Ok(last.ok_or_else(|| anyhow!("the operation ended without an answer"))??)
}

/// The bar; there is none where nobody looks.
#[derive(Default)]
struct Screen {
    bar: Option<ProgressBar>,
}

impl Screen {
    fn progress(&mut self, progress: Progress) {
        let bar = self.bar.get_or_insert_with(|| bar(progress));
        if let Some(total) = progress.total {
            bar.set_length(total);
        }
        bar.set_position(progress.done);
    }

    fn note(&self, text: &str) {
        match &self.bar {
            Some(bar) if !bar.is_hidden() => bar.suspend(|| eprintln!("{text}")),
            _ => eprintln!("{text}"),
        }
    }

    fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// Draws on standard error, and only on a terminal.
fn bar(progress: Progress) -> ProgressBar {
    let figures = match progress.unit {
        Unit::Bytes => "{bytes}/{total_bytes}",
        Unit::Rows => "{pos}/{len} rows",
        Unit::Events => "{pos}/{len} events",
        Unit::Requests => "{pos}/{len} requests",
        Unit::Photos => "{pos}/{len} photos",
    };
    let template = format!("{{wide_bar}} {figures}  {{eta}} left");
    let style = ProgressStyle::with_template(&template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let bar = ProgressBar::with_draw_target(progress.total, ProgressDrawTarget::stderr()).with_style(style);
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}

/// One line on standard output.
pub fn say(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.write_all(b"\n")?;
    Ok(out.flush()?)
}

/// The result as JSON, or as `people` put it.
pub fn result(json: bool, value: &Value, people: impl FnOnce(&Value) -> String) -> Result<()> {
    say(&if json { value.to_string() } else { people(value) })
}

/// A field of a result, as people read it.
pub fn field(value: &Value, name: &str) -> String {
    match &value[name] {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Rows under their headings, as wide as they need to be.
pub fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(String::as_str);
        cells.chain([headings[column]]).map(columns_of).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..headings.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded = cells.zip(&widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width - columns_of(cell))));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    let head = line(&mut headings.iter().copied());
    let rows = rows.iter().map(|row| line(&mut row.iter().map(String::as_str)));
    [head].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

/// Chinese characters take two columns on a terminal.
fn columns_of(text: &str) -> usize {
    text.chars().map(|sign| if sign as u32 >= 0x1100 { 2 } else { 1 }).sum()
}

pub fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_line_up_with_chinese_names_too() {
        let rows = [vec!["物业".to_owned(), "1".to_owned()], vec!["a".to_owned(), "2".to_owned()]];
        assert_eq!(table(&["name", "n"], &rows), "name  n\n物业  1\na     2");
    }
}
