//! `/ledger` (民情台账): every request by filters, and the rows behind every number of the board.

use askama::Template;

use super::form::Form;
use super::line::{Choice, Group, Line};
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "ledger.html")]
pub struct LedgerPage {
    pub t: Texts,
    pub shell: Shell,
    pub heading: String,
    /// Which number these rows are behind, instead of filters.
    pub about: Option<About>,
    pub filtered: bool,
    pub form: Form,
    pub communities: Vec<Choice>,
    pub states: Vec<Choice>,
    pub lights: Vec<Choice>,
    pub units: Vec<Choice>,
    pub grids: Vec<Choice>,
    pub channels: Vec<Choice>,
    pub categories: Vec<Group>,
    pub lines: Vec<Line>,
    pub first: Option<String>,
    pub next: Option<String>,
}

/// What the rows are behind, and the way back.
#[derive(Clone, Debug)]
pub struct About {
    pub text: String,
    pub href: String,
    pub back: String,
}
