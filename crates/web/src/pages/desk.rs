//! `/desk`: what waits for triage, for a ruling, for dispatch; what is under way; and the search.

use askama::Template;

use super::line::Line;
use super::shell::Shell;
use super::texts::Texts;

/// The queues in the order of the work.
pub const TABS: [&str; 10] =
    ["filed", "returned", "triaged", "dispatched", "claimed", "rework", "completed", "in_review", "suspended", "all"];

#[derive(Template)]
#[template(path = "desk.html")]
pub struct DeskPage {
    pub t: Texts,
    pub shell: Shell,
    pub tabs: Vec<Tab>,
    pub current: &'static str,
    pub q: String,
    pub may_file: bool,
    /// Where the list is fetched anew when something changed.
    pub refresh: Option<String>,
    pub lines: Vec<Line>,
    pub first: Option<String>,
    pub next: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Tab {
    pub name: &'static str,
    pub current: bool,
    pub count: Option<u64>,
    /// Somebody waits there for the desk.
    pub hot: bool,
}

/// One list alone.
#[derive(Template)]
#[template(path = "parts/desk_queue.html")]
pub struct DeskQueue {
    pub t: Texts,
    pub current: &'static str,
    pub lines: Vec<Line>,
    pub first: Option<String>,
    pub next: Option<String>,
}
