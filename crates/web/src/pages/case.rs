//! `/requests/{id}`: one request as staff see it, with the steps that its state and their role permit.

use askama::Template;

use super::due::DueTale;
use super::form::Form;
use super::hands::HandsTale;
use super::line::{AnswerText, Choice, Entry, Photo};
use super::project::ServedBy;
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "case.html")]
pub struct CasePage {
    pub t: Texts,
    pub shell: Shell,
    pub back: Way,
    pub href: String,
    pub title: String,
    pub number: String,
    pub state: &'static str,
    pub light: Option<&'static str>,
    pub urgent: bool,
    pub round: u32,
    /// It came with under a fifth of its time left (R4).
    pub late_arrival: bool,
    /// What is wrong, where it belongs to no form.
    pub banner: Option<String>,
    pub owner: String,
    pub facts: Vec<Fact>,
    pub due_tale: Option<DueTale>,
    pub hands: HandsTale,
    pub description: String,
    pub photos: Vec<Photo>,
    pub answer: Option<AnswerText>,
    /// The project that serves it (R29).
    pub project: Option<ServedBy>,
    pub review: Vec<ReviewNote>,
    pub tale: Vec<Entry>,
    pub acts: Vec<Act>,
    pub ranked: Vec<Ranked>,
    pub units: Vec<Choice>,
    pub merge_into: Vec<Candidate>,
    /// Ballots that the unit can appeal, and appeals that wait for a decision (R19a).
    pub ballots: Vec<Choice>,
    pub appeals: Vec<Choice>,
    /// The reasons that a ballot entered for somebody can have.
    pub reasons: Vec<Choice>,
    /// To be hung up while the review is open.
    pub poster: Option<String>,
    /// An extension is granted here rather than asked for (R11).
    pub granting: bool,
}

/// A link with its name.
#[derive(Clone, Debug)]
pub struct Way {
    pub href: String,
    pub label: String,
}

#[derive(Clone, Debug)]
pub struct Fact {
    pub label: String,
    pub text: String,
}

/// A step that can be taken now.
#[derive(Clone, Debug)]
pub struct Act {
    /// As the API names it, but `co-signers` and `ratings`, which are residents'.
    pub step: &'static str,
    pub icon: &'static str,
    pub open: bool,
    /// The step that the state waits for.
    pub main: bool,
    pub form: Form,
}

/// A unit in the order of how well it fits, and why (R28).
#[derive(Clone, Debug)]
pub struct Ranked {
    pub slug: String,
    pub name: String,
    pub why: Vec<Why>,
}

#[derive(Clone, Debug)]
pub struct Why {
    pub good: bool,
    pub text: String,
}

/// An open request that this one could be merged into (R5).
#[derive(Clone, Debug)]
pub struct Candidate {
    pub value: String,
    pub label: String,
    pub about: String,
}

/// A round of the review, and what the residents said in it, without names (R21).
#[derive(Clone, Debug)]
pub struct ReviewNote {
    pub line: String,
    pub reasons: Vec<String>,
}

/// The icon of a step.
pub fn step_icon(step: &str) -> &'static str {
    match step {
        "triage" => "inbox",
        "dispatch" => "send",
        "claim" => "join",
        "return" => "undo",
        "progress" => "clock",
        "complete" => "check",
        "rule" => "key",
        "verify" => "eye",
        "suspend" => "pause",
        "resume" => "arrow",
        "extend" => "calendar",
        "close" => "close",
        "attachments" => "camera",
        "entered-ballots" => "phone",
        "appeals" | "appeal-decisions" | "unreasonable" | "unreasonable-decision" => "alert",
        _ => "tool",
    }
}
