//! `/r/{code}`: where one request stands, for the resident who holds its code; and the receipt to print.

use askama::Template;

use super::due::DueTale;
use super::form::Form;
use super::line::{AnswerText, Choice, Entry, Photo};
use super::moment::Moment;
use super::project::ServedBy;
use super::shell::Shell;
use super::texts::Texts;

/// The five answers of the public-service standard, in their order.
pub const RATINGS: [&str; 5] =
    ["very_satisfied", "satisfied", "basically_satisfied", "dissatisfied", "very_dissatisfied"];

#[derive(Template)]
#[template(path = "request.html")]
pub struct RequestPage {
    pub t: Texts,
    pub shell: Shell,
    pub code: String,
    pub number: String,
    /// Style of the state's word: `s-bad`, `s-end`, or nothing.
    pub tone: &'static str,
    pub heading: String,
    pub sentence: String,
    pub light: Option<&'static str>,
    pub steps: Vec<ProgressStep>,
    pub owner: Option<String>,
    pub due: Option<String>,
    pub due_tale: Option<DueTale>,
    pub category: Option<String>,
    pub title: Option<String>,
    pub description: String,
    pub photos: Vec<Photo>,
    pub answer: Option<AnswerText>,
    pub ballot: Option<Ballot>,
    /// The project that serves it (R29).
    pub project: Option<ServedBy>,
    /// The list to pick from.
    pub reasons: Vec<Choice>,
    pub tale: Vec<Entry>,
    pub may_attach: bool,
    pub may_withdraw: bool,
    pub rating: Form,
    pub photo: Form,
    pub withdrawal: Form,
}

/// One station of a request's way.
#[derive(Clone, Debug)]
pub struct ProgressStep {
    pub label: String,
    /// `done`, `now`, `todo` or `bad`.
    pub look: &'static str,
    pub at: Option<Moment>,
}

/// The open ballot of the one who looks.
#[derive(Clone, Debug)]
pub struct Ballot {
    /// What they answered before, in this round.
    pub cast: Option<&'static str>,
    pub line: String,
}

/// `/r/{code}/receipt`
#[derive(Template)]
#[template(path = "receipt.html")]
pub struct ReceiptPage {
    pub t: Texts,
    pub shell: Shell,
    /// Shown right after filing.
    pub fresh: bool,
    pub code: String,
    pub number: String,
    pub link: String,
    /// SVG.
    pub qr: String,
    pub filed: Moment,
    pub community: Option<String>,
    pub due: Option<String>,
    pub proof: Option<Proof>,
}

/// `/requests/{id}/poster`: to be hung up where the work was done.
#[derive(Template)]
#[template(path = "poster.html")]
pub struct PosterPage {
    pub t: Texts,
    pub shell: Shell,
    pub title: String,
    pub number: String,
    pub unit: Option<String>,
    pub until: Option<String>,
    pub link: String,
    /// SVG.
    pub qr: String,
}

/// `/v/{id}`: where a poster leads; whoever has a tracking code goes on to their ballot.
#[derive(Template)]
#[template(path = "vote.html")]
pub struct VotePage {
    pub t: Texts,
    pub shell: Shell,
    pub title: String,
    /// It can still be joined.
    pub join: Option<String>,
    pub form: Form,
}

/// Where the filing stands in the log, and the hash that seals it there.
#[derive(Clone, Debug)]
pub struct Proof {
    pub position: u64,
    pub hash: String,
}
