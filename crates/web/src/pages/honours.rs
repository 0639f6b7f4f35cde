//! `/honours` (评先评优): open to everybody; whoever asks, answers or proposes finds the step on the same page (R24).

use askama::Template;

use super::form::Form;
use super::line::{Choice, RateTile};
use super::moment::Moment;
use super::shell::Shell;
use super::texts::Texts;

/// What a community can think of it, as the forms offer it.
pub const OPINIONS: [&str; 3] = ["supports", "reserved", "opposes"];

#[derive(Template)]
#[template(path = "honours.html")]
pub struct HonoursPage {
    pub t: Texts,
    pub shell: Shell,
    pub lines: Vec<HonourLine>,
    /// Of whoever may ask.
    pub form: Option<Form>,
    pub units: Vec<Choice>,
}

#[derive(Clone, Debug)]
pub struct HonourLine {
    pub href: String,
    pub honour: String,
    pub unit: String,
    pub community: String,
    pub days: String,
    pub state: &'static str,
    pub opinion: Option<&'static str>,
}

#[derive(Template)]
#[template(path = "honour.html")]
pub struct HonourPage {
    pub t: Texts,
    pub shell: Shell,
    /// Why a step was refused whose form is not shown any more.
    pub banner: Option<String>,
    pub href: String,
    pub honour: String,
    pub unit: String,
    pub community: String,
    pub days: String,
    pub state: &'static str,
    pub asked: Moment,
    pub opinion: Option<OpinionCard>,
    /// As they stand now, for whoever answers; once there is an opinion, as they stood with it.
    pub figures: Vec<RateTile>,
    /// Up to this position of the log.
    pub position: u64,
    /// How it ended: word, reason, when.
    pub settled: Option<Settled>,
    pub give: Option<Form>,
    pub propose: Option<Form>,
    pub let_go: Option<Form>,
}

#[derive(Clone, Debug)]
pub struct OpinionCard {
    pub opinion: &'static str,
    pub reason: String,
    pub at: Option<Moment>,
}

#[derive(Clone, Debug)]
pub struct Settled {
    pub reason: Option<String>,
    pub at: Option<Moment>,
}
