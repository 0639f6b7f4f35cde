//! The page of an error, and the help on each kind of error under `/errors`.

use askama::Template;

use super::case::Way;
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "problem.html")]
pub struct ProblemPage {
    pub t: Texts,
    pub shell: Shell,
    pub status: u16,
    pub title: String,
    pub detail: String,
    pub help: String,
    /// Ways out; the first is the best.
    pub ways: Vec<Way>,
}

#[derive(Template)]
#[template(path = "help.html")]
pub struct HelpPage {
    pub t: Texts,
    pub shell: Shell,
    pub topic: Option<Topic>,
    pub all: Vec<Topic>,
}

#[derive(Clone, Debug)]
pub struct Topic {
    pub code: &'static str,
    pub title: String,
    pub text: String,
}

/// The kinds of problems that have a page: the code that ends their type, and their status.
const PROBLEMS: [(&str, u16); 21] = [
    ("forbidden", 403),
    ("not-found", 404),
    ("not-signed-in", 401),
    ("invalid", 422),
    ("key-reused", 422),
    ("contended", 503),
    ("overloaded", 503),
    ("unavailable", 503),
    ("disk-full", 503),
    ("failed", 500),
    ("too-often", 429),
    ("cross-site", 403),
    ("method-not-allowed", 405),
    ("too-large", 413),
    ("unsupported-media-type", 415),
    ("broken-body", 400),
    ("malformed-json", 400),
    ("malformed-message", 400),
    ("lagging", 503),
    ("beyond-the-log", 409),
    ("refused", 400),
];

/// What the rules refuse, and with which status.
const REJECTIONS: [(&str, u16); 38] = [
    ("request-not-found", 404),
    ("filed-before", 409),
    ("not-permitted", 409),
    ("claimed-by-another", 409),
    ("on-it-already", 409),
    ("not-yours", 403),
    ("not-lead", 403),
    ("ruling-binds", 409),
    ("joined-already", 409),
    ("merge-into-finished", 409),
    ("merge-into-itself", 422),
    ("merge-across-communities", 422),
    ("too-late-to-extend", 409),
    ("extended-before", 409),
    ("extension-asked", 409),
    ("proposed-before", 409),
    ("evaluation-called-off", 409),
    ("own-work", 403),
    ("unsolved-reason-missing", 422),
    ("too-many-photos", 409),
    ("no-round", 409),
    ("round-closed", 409),
    ("not-in-electorate", 409),
    ("no-change-any-more", 409),
    ("round-open", 409),
    ("dispatch-wrong-without-dissatisfaction", 422),
    ("unit-not-found", 422),
    ("unit-registered-before", 422),
    ("at-capacity", 409),
    ("community-not-found", 422),
    ("community-founded-before", 422),
    ("grid-added-before", 422),
    ("own-parent", 422),
    ("policy-same-beginning", 422),
    ("policy-begins-in-the-past", 422),
    ("calendar-empty", 422),
    ("policy-versions-full", 409),
    ("policy-no-such-version", 404),
];

/// Names of the arguments that the texts of rejections take.
const ARGUMENTS: [&str; 13] = [
    "unit",
    "state",
    "round",
    "max",
    "capacity",
    "load",
    "community",
    "grid",
    "version",
    "from",
    "now",
    "line",
    "column",
];

/// Every kind of problem with what it means and what to do.
pub fn topics(t: Texts) -> Vec<Topic> {
    let problems = PROBLEMS.iter().map(|(code, status)| topic(t, "problem", code, *status));
    problems.chain(REJECTIONS.iter().map(|(code, status)| topic(t, "rejection", code, *status))).collect()
}

fn topic(t: Texts, family: &str, code: &'static str, status: u16) -> Topic {
    let title = t.with_dots(&format!("{family}-{code}"), &ARGUMENTS);
    Topic {
        code,
        title,
        text: format!("{} · {}\n{}", status, t.s(&format!("title-{status}")), t.s(&format!("help-{status}"))),
    }
}
