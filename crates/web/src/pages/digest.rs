//! `/digests` (R26): a day's triage sheet, a week's bulletin, a month's summary; to read, to print, as a workbook.

use askama::Template;

use super::line::{Choice, Line, RateTile};
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "digest.html")]
pub struct DigestPage {
    pub t: Texts,
    pub shell: Shell,
    /// What the office calls it.
    pub heading: String,
    /// Its days, in words.
    pub period: String,
    pub community: Option<String>,
    /// Until when what is said was recorded.
    pub as_of: String,
    pub is_over: bool,
    pub kinds: Vec<Choice>,
    pub communities: Vec<Choice>,
    pub date: String,
    pub previous: String,
    pub next: Option<String>,
    /// Address of the workbook.
    pub sheet: String,
    pub figures: Vec<Figure>,
    pub rates: Vec<RateTile>,
    pub groups: Vec<Grouping>,
    pub filed: Vec<Line>,
    pub filed_more: Option<String>,
    pub overdue: Vec<Line>,
    pub oldest: Vec<Line>,
}

/// A count, and that of the period before where it is known.
#[derive(Clone, Debug)]
pub struct Figure {
    pub label: String,
    pub count: Count,
    pub before: Option<Count>,
}

/// A number, and where its rows stand; nothing has none.
#[derive(Clone, Debug)]
pub struct Count {
    pub count: u64,
    pub href: Option<String>,
}

/// Counts by category, unit, grid or channel.
#[derive(Clone, Debug)]
pub struct Grouping {
    pub name: &'static str,
    pub heads: Vec<String>,
    pub rows: Vec<GroupRow>,
}

#[derive(Clone, Debug)]
pub struct GroupRow {
    pub label: String,
    pub counts: Vec<Count>,
}
