//! `/unit`: the pool, and a unit's own work.

use askama::Template;

use super::line::Line;
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "unit.html")]
pub struct UnitPage {
    pub t: Texts,
    pub shell: Shell,
    pub unit: String,
    pub load: u32,
    pub capacity: Option<u32>,
    /// As much work as its stated capacity: nothing more can be claimed (R3).
    pub full: bool,
    pub own: Vec<Line>,
    pub pool: Vec<Line>,
    /// Done, and in the residents' hands.
    pub waiting: Vec<Line>,
}

/// The lists alone, fetched again when something changed.
#[derive(Template)]
#[template(path = "parts/unit_work.html")]
pub struct UnitWork {
    pub t: Texts,
    pub own: Vec<Line>,
    pub pool: Vec<Line>,
    pub waiting: Vec<Line>,
}
