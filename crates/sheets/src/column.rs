//! A column of a table: where its value is, and how it is headed.

use serde_json::Value;

/// What a value is, for sheets that know numbers and dates from texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// A text of several lines, in a wide column.
    Long,
    /// One of a few words of the program, which sheets show in Chinese.
    Word,
    /// The name of what a row is about, or such a word.
    Name,
    Number,
    /// A share, shown in per cent.
    Share,
    Time,
    Flag,
    /// Several texts in one cell.
    List,
    /// Whatever it is, as JSON.
    Json,
}

#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The path to the value, with dots.
    pub key: &'static str,
    /// The heading in a workbook. A text file is headed by the key.
    pub chinese: &'static str,
    pub kind: Kind,
}

impl Column {
    pub const fn new(key: &'static str, chinese: &'static str, kind: Kind) -> Self {
        Self { key, chinese, kind }
    }

    pub fn value<'a>(&self, row: &'a Value) -> &'a Value {
        self.key.split('.').fold(row, |value, part| &value[part])
    }

    /// In characters.
    pub const fn width(&self) -> f64 {
        match self.kind {
            Kind::Long | Kind::Json => 48.0,
            Kind::Time | Kind::Name => 18.0,
            Kind::Text | Kind::List => 20.0,
            Kind::Word | Kind::Number | Kind::Share | Kind::Flag => 11.0,
        }
    }
}

/// As a text file has it.
pub fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.iter().all(Value::is_string) => {
            items.iter().map(plain).collect::<Vec<_>>().join("; ")
        }
        other => other.to_string(),
    }
}
