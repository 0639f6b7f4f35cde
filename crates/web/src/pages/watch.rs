//! `/calls`: whom the hotline rings up (R18). `/oversight`: what waits for the oversight board (R14, R6b, R19a).

use askama::Template;

use super::form::Form;
use super::line::Choice;
use super::moment::Moment;
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "calls.html")]
pub struct CallsPage {
    pub t: Texts,
    pub shell: Shell,
    pub calls: Vec<CallLine>,
    /// Votes without a name, with people whom no invitation reaches.
    pub votes: Vec<VoteLine>,
    pub reasons: Vec<Choice>,
    pub next: Option<String>,
}

/// Somebody to be rung up.
#[derive(Clone, Debug)]
pub struct CallLine {
    pub href: String,
    pub number: String,
    /// Request and person, for the forms.
    pub request: String,
    pub person: String,
    pub name: Option<String>,
    pub phone: Option<String>,
    /// What the request is about, in a few words.
    pub about: Option<String>,
    pub until: Moment,
    pub calls: u32,
    pub outcome: Option<&'static str>,
    pub call: Form,
    pub ballot: Form,
}

/// A vote and how many are to be rung up about it.
#[derive(Clone, Debug)]
pub struct VoteLine {
    pub href: String,
    pub title: String,
    pub people: usize,
    pub until: Moment,
}

/// What can come of a call.
pub const OUTCOMES: [&str; 4] = ["reached", "no_answer", "wrong_number", "declined"];

#[derive(Template)]
#[template(path = "oversight.html")]
pub struct OversightPage {
    pub t: Texts,
    pub shell: Shell,
    pub matters: Vec<Matter>,
    pub next: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Matter {
    /// `burst`, `unreasonable` or `appeal`.
    pub kind: &'static str,
    pub href: String,
    pub number: String,
    pub title: String,
    pub at: Moment,
    pub about: Option<String>,
}
