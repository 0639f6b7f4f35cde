//! Which column is which: English and Chinese names, in any order.

use anyhow::Result;

use crate::failure::{Code, Failure};

/// What the import understands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    MessageId,
    UserId,
    Subject,
    SubmittedAt,
    Body,
    Category,
    Likes,
    Against,
    Reply,
    RepliedAt,
}

impl Column {
    const ALL: [Self; 10] = [
        Self::MessageId,
        Self::UserId,
        Self::Subject,
        Self::SubmittedAt,
        Self::Body,
        Self::Category,
        Self::Likes,
        Self::Against,
        Self::Reply,
        Self::RepliedAt,
    ];

    /// The English name first, then the Chinese ones.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::MessageId => &["message_id", "留言编号"],
            Self::UserId => &["user_id", "留言用户"],
            Self::Subject => &["subject", "留言主题"],
            Self::SubmittedAt => &["submitted_at", "留言时间"],
            Self::Body => &["body", "留言详情"],
            Self::Category => &["category", "分类", "类别"],
            Self::Likes => &["likes", "点赞数"],
            Self::Against => &["against", "反对数"],
            Self::Reply => &["reply", "答复意见"],
            Self::RepliedAt => &["replied_at", "答复时间"],
        }
    }

    /// A file without it holds no messages.
    const fn is_required(self) -> bool {
        matches!(self, Self::MessageId | Self::SubmittedAt | Self::Body)
    }

    pub const fn name(self) -> &'static str {
        self.names()[0]
    }

    pub fn find(name: &str) -> Option<Self> {
        let name = name.trim().trim_start_matches('\u{feff}').to_lowercase();
        Self::ALL.into_iter().find(|column| column.names().contains(&name.as_str()))
    }
}

/// The header row, understood.
#[derive(Clone, Debug)]
pub struct Columns {
    /// As written in the file.
    pub header: Vec<String>,
    /// For each column of the file what it is; `None` is ignored.
    known: Vec<Option<Column>>,
}

impl Columns {
    /// Refuses a header that lacks what a message needs, or has a column twice.
    pub fn of(header: Vec<String>) -> Result<Self> {
        let known: Vec<Option<Column>> = header.iter().map(|name| Column::find(name)).collect();
        let columns = Self { header, known };
        for column in Column::ALL {
            let places = columns.known.iter().filter(|known| **known == Some(column)).count();
            if places > 1 {
                return Err(not_a_table(format!("the column {} stands twice in the header", column.name())));
            }
        }
        let missing = Column::ALL.iter().filter(|column| column.is_required() && !columns.has(**column));
        let missing: Vec<String> = missing.map(|column| column.names().join("/")).collect();
        if !missing.is_empty() {
            return Err(not_a_table(format!("the header row lacks the columns {}", missing.join(", "))));
        }
        Ok(columns)
    }

    fn has(&self, column: Column) -> bool {
        self.known.contains(&Some(column))
    }

    /// Names that mean nothing here.
    pub fn unknown(&self) -> Vec<&str> {
        let named = self.header.iter().zip(&self.known);
        named
            .filter(|(name, known)| known.is_none() && !name.trim().is_empty())
            .map(|(name, _)| name.as_str())
            .collect()
    }

    /// The value of a column in a row; empty where there is none.
    pub fn value<'a>(&self, row: &'a [String], column: Column) -> &'a str {
        let place = self.known.iter().position(|known| *known == Some(column));
        place.and_then(|place| row.get(place)).map_or("", |value| value.trim())
    }
}

/// How many names of a header are understood: the sign by which a delimiter is guessed.
pub fn understood<'a>(names: impl Iterator<Item = &'a str>) -> usize {
    names.filter(|name| Column::find(name.trim().trim_matches('"')).is_some()).count()
}

pub fn not_a_table(message: impl Into<String>) -> anyhow::Error {
    let mend = "The first row names the columns: message_id/留言编号, user_id/留言用户, subject/留言主题, \
                submitted_at/留言时间, body/留言详情, category, likes/点赞数, against/反对数, reply/答复意见, \
                replied_at/答复时间.";
    Failure::new(Code::ImportNotATable, message, mend).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str]) -> Result<Columns> {
        Columns::of(names.iter().map(|name| (*name).to_owned()).collect())
    }

    #[test]
    fn names_are_english_or_chinese_in_any_order_and_case() {
        let columns = header(&["\u{feff}留言详情", " Submitted_At ", "留言编号", "extra"]).unwrap();
        let row = ["水管漏水", "2019/2/14", "7", "x"].map(str::to_owned);
        assert_eq!(columns.value(&row, Column::Body), "水管漏水");
        assert_eq!(columns.value(&row, Column::MessageId), "7");
        assert_eq!(columns.value(&row, Column::Likes), "");
        assert_eq!(columns.unknown(), ["extra"]);
    }

    #[test]
    fn a_header_without_what_a_message_needs_is_refused() {
        let error = header(&["message_id", "subject"]).unwrap_err().to_string();
        assert!(error.contains("submitted_at") && error.contains("body/留言详情"), "{error}");
        assert!(header(&["message_id", "留言编号", "body", "submitted_at"]).unwrap_err().to_string().contains("twice"));
    }
}
