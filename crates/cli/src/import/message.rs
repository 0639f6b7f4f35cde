//! From a row to a message: every cell checked, so that nothing is cut off or changed in silence.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sandan_domain::category::Taxonomy;
use sandan_domain::{Category, InputError, Text, limits};

use super::column::{Column, Columns};
use super::row::Row;
use super::time;

/// One resident's message, ready to be filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: String,
    /// Without one the message is from a person of its own.
    pub user: Option<String>,
    pub subject: Option<String>,
    pub body: String,
    pub submitted: Timestamp,
    pub category: Option<Category>,
    pub likes: Option<u32>,
    pub against: Option<u32>,
    pub reply: Option<(Timestamp, String)>,
}

/// What a check of a row needs to know beside the row.
pub struct Check<'a> {
    pub columns: &'a Columns,
    pub zone: &'a TimeZone,
    pub now: Timestamp,
}

impl Message {
    /// The message, or all that is wrong with the row in one line.
    pub fn of(row: &Row, check: &Check<'_>) -> Result<Self, String> {
        if let Some(broken) = &row.broken {
            return Err(broken.clone());
        }
        let mut cells = Cells { row, check, wrong: Vec::new() };
        let id = cells.line(Column::MessageId, limits::EXTERNAL_ID);
        let user = cells.maybe_line(Column::UserId, limits::EXTERNAL_ID);
        let subject = cells.maybe_line(Column::Subject, limits::TITLE);
        let body = cells.body(Column::Body);
        let submitted = cells.time(Column::SubmittedAt);
        let category = cells.category();
        let (likes, against) = (cells.figure(Column::Likes), cells.figure(Column::Against));
        let reply = cells.reply(submitted);
        match (id, body, submitted, cells.wrong) {
            (Some(id), Some(body), Some(submitted), wrong) if wrong.is_empty() => {
                Ok(Self { id, user, subject, body, submitted, category, likes, against, reply })
            }
            (.., wrong) => Err(wrong.join("; ")),
        }
    }
}

/// Reads cells and gathers what is wrong.
struct Cells<'a> {
    row: &'a Row,
    check: &'a Check<'a>,
    wrong: Vec<String>,
}

impl<'a> Cells<'a> {
    fn value(&self, column: Column) -> &'a str {
        self.check.columns.value(&self.row.cells, column)
    }

    fn complain(&mut self, column: Column, what: impl std::fmt::Display) {
        self.wrong.push(format!("{} {what}", column.name()));
    }

    fn keep(&mut self, column: Column, read: Result<Text, InputError>) -> Option<String> {
        read.map_err(|error| match (error, self.value(column).chars().find(|sign| is_forbidden(*sign))) {
            (InputError::ControlCharacter, Some(sign)) => {
                self.complain(column, format_args!("contains the control character U+{:04X}", u32::from(sign)));
            }
            (error, _) => self.complain(column, error),
        })
        .ok()
        .map(Text::into_string)
    }

    /// A line break in a subject is how the sheet was typed, and becomes a blank.
    fn line(&mut self, column: Column, max: usize) -> Option<String> {
        let value = self.value(column);
        let one_line = value.split(['\r', '\n', '\t']).map(str::trim).filter(|part| !part.is_empty());
        let one_line = one_line.collect::<Vec<_>>().join(" ");
        self.keep(column, Text::line(&one_line, max))
    }

    fn maybe_line(&mut self, column: Column, max: usize) -> Option<String> {
        if self.value(column).is_empty() { None } else { self.line(column, max) }
    }

    fn body(&mut self, column: Column) -> Option<String> {
        self.keep(column, Text::lines(self.value(column), limits::BODY))
    }

    fn time(&mut self, column: Column) -> Option<Timestamp> {
        let value = self.value(column);
        if value.is_empty() {
            self.complain(column, InputError::Missing);
            return None;
        }
        // A sheet's cell without a date format holds the day's number.
        let number = || value.parse().ok().and_then(|days| time::of_serial(days, self.check.zone));
        match time::parse(value, self.check.zone).or_else(number) {
            Some(at) if at > self.check.now => self.complain(column, "lies in the future"),
            Some(at) => return Some(at),
            None => self.complain(column, format_args!("is no time: {:?}; write 2019-02-14 20:00:00", short(value))),
        }
        None
    }

    fn category(&mut self) -> Option<Category> {
        let value = self.value(Column::Category);
        if value.is_empty() {
            return None;
        }
        let found = Taxonomy::national().find(value);
        if found.is_none() {
            self.complain(Column::Category, format_args!("is not in the taxonomy: {:?}", short(value)));
        }
        found
    }

    fn figure(&mut self, column: Column) -> Option<u32> {
        let value = self.value(column);
        let figure = value.parse().ok();
        if figure.is_none() && !value.is_empty() {
            self.complain(column, format_args!("is no whole number: {:?}", short(value)));
        }
        figure
    }

    /// Both or neither; an answer is not older than its question.
    fn reply(&mut self, submitted: Option<Timestamp>) -> Option<(Timestamp, String)> {
        match (self.value(Column::Reply).is_empty(), self.value(Column::RepliedAt).is_empty()) {
            (true, true) => return None,
            (true, false) => self.complain(Column::Reply, "is missing, though replied_at is given"),
            (false, _) => {
                let reply = self.body(Column::Reply);
                let at = self.time(Column::RepliedAt);
                if at.is_some() && submitted.is_some() && at < submitted {
                    self.complain(Column::RepliedAt, "is before submitted_at");
                }
                return at.zip(reply);
            }
        }
        None
    }
}

fn is_forbidden(sign: char) -> bool {
    sign.is_control() && !matches!(sign, '\n' | '\r' | '\t')
}

fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: [&str; 8] =
        ["message_id", "subject", "submitted_at", "body", "category", "likes", "reply", "replied_at"];

    fn message(cells: [&str; 8]) -> Result<Message, String> {
        let columns = Columns::of(HEADER.map(str::to_owned).to_vec()).unwrap();
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let row = Row { line: 2, cells: cells.map(str::to_owned).to_vec(), broken: None, read: 0 };
        Message::of(&row, &Check { columns: &columns, zone: &zone, now: "2026-01-01T00:00:00Z".parse().unwrap() })
    }

    fn refused(cells: [&str; 8], reason: &str) {
        let error = message(cells).unwrap_err();
        assert!(error.contains(reason), "{error} lacks {reason}");
    }

    #[test]
    fn a_row_becomes_a_message() {
        let read = message(["7", "路灯\n不亮", "2019/2/14", " 正文 ", "", "3", "已修", "2019/2/15"]).unwrap();
        assert_eq!((read.subject.as_deref(), read.body.as_str(), read.likes), (Some("路灯 不亮"), "正文", Some(3)));
        assert_eq!(read.reply.unwrap().1, "已修");
        assert_eq!(read.user, None);
    }

    #[test]
    fn everything_wrong_with_a_row_is_said_at_once() {
        let error = message(["", "", "gestern", "", "", "-1", "", ""]).unwrap_err();
        for column in ["message_id is required", "submitted_at is no time", "body is required", "likes is no"] {
            assert!(error.contains(column), "{error}");
        }
    }

    #[test]
    fn rows_that_would_lose_something_are_refused_with_the_reason() {
        let day = "2019/2/14";
        refused(["7", &"长".repeat(201), day, "b", "", "", "", ""], "201 characters; at most 200");
        refused(["7", "", day, &"长".repeat(20_001), "", "", "", ""], "20001 characters; at most 20000");
        refused(["7", "", day, "a\0b", "", "", "", ""], "U+0000");
        refused(["7", "", "2030/1/1", "b", "", "", "", ""], "future");
        refused(["7", "", day, "b", "no such thing", "", "", ""], "taxonomy");
        refused(["7", "", day, "b", "", "", "answer", ""], "replied_at is required");
        refused(["7", "", day, "b", "", "", "", day], "reply is missing");
        refused(["7", "", day, "b", "", "", "answer", "2019/2/13"], "before submitted_at");
    }
}
