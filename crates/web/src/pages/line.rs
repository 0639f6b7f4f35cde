//! A request as one line of a list, and the small pieces that several pages show of one.

use sandan_domain::Share;

use super::case::Way;
use super::moment::Moment;

/// One line. Texts are in the page's language already; residents' words are as they wrote them.
#[derive(Clone, Debug)]
pub struct Line {
    pub href: String,
    pub number: String,
    pub title: String,
    pub state: &'static str,
    /// `green`, `yellow`, `red`, or `none` for what has ended.
    pub light: &'static str,
    pub urgent: bool,
    pub round: u32,
    pub category: Option<String>,
    pub place: Option<String>,
    pub unit: Option<String>,
    pub filed: Moment,
    pub due: Option<String>,
    /// Shows a button to claim it (R3), with this key against claiming twice.
    pub claimable: bool,
    pub key: String,
}

/// A value to choose, and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), chosen: false }
    }

    pub fn chosen(mut self, value: &str) -> Self {
        self.chosen = self.value == value;
        self
    }
}

/// Choices under a heading.
#[derive(Clone, Debug)]
pub struct Group {
    pub label: String,
    pub choices: Vec<Choice>,
}

/// What a unit answered.
#[derive(Clone, Debug)]
pub struct AnswerText {
    pub text: String,
    pub by: String,
    pub at: Moment,
    pub solved: bool,
    pub unsolved_reason: Option<String>,
}

#[derive(Clone, Debug)]
pub struct Photo {
    pub href: String,
    pub alt: String,
}

/// One entry of the timeline.
#[derive(Clone, Debug)]
pub struct Entry {
    pub at: Moment,
    pub who: Option<String>,
    pub sentence: String,
    pub quotes: Vec<Quote>,
    /// `plain`, `quiet`, `warn` or `bad`.
    pub tone: &'static str,
}

/// Somebody's words.
#[derive(Clone, Debug)]
pub struct Quote {
    pub label: String,
    pub text: String,
}

/// A rate with what it is made of (R27).
#[derive(Clone, Debug)]
pub struct RateTile {
    pub name: &'static str,
    pub numerator: u64,
    pub denominator: u64,
    pub numerator_href: Option<String>,
    pub denominator_href: Option<String>,
    /// The same without what was ruled out (R6b, R19a), each with the rows behind it where there are any.
    pub beside: Vec<Way>,
}

impl RateTile {
    fn per_mille(&self) -> Option<u64> {
        Share { numerator: self.numerator, denominator: self.denominator }.per_mille()
    }

    pub fn percent(&self) -> String {
        self.per_mille().map_or("—".to_owned(), |n| format!("{}.{} %", n / 10, n % 10))
    }

    /// Of 100.
    pub fn width(&self) -> u64 {
        self.per_mille().unwrap_or(0).min(1_000) / 10
    }
}

/// A number that opens into its rows.
#[derive(Clone, Debug)]
pub struct Tile {
    pub name: String,
    pub label: String,
    pub count: u64,
    pub href: String,
    /// A light, or empty.
    pub tone: &'static str,
}

/// The icon that stands for a light.
pub fn light_icon(light: &str) -> &'static str {
    match light {
        "green" => "light-green",
        "yellow" => "light-yellow",
        "red" => "light-red",
        _ => "clock",
    }
}

/// The colour of a community's opinion.
pub fn opinion_tone(opinion: &str) -> &'static str {
    match opinion {
        "supports" => "pill-green",
        "reserved" => "pill-yellow",
        _ => "pill-red",
    }
}

/// The colour of a state's word.
pub fn state_tone(state: &str) -> &'static str {
    match state {
        "filed" | "returned" => "pill-blue",
        "triaged" | "dispatched" | "claimed" => "pill-accent",
        "completed" | "in_review" | "suspended" | "rework" => "pill-yellow",
        "closed" => "pill-green",
        _ => "",
    }
}
