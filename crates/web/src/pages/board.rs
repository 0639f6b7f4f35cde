//! `/board`: what supervisors watch. Every number opens into its rows.

use askama::Template;

use super::line::{Choice, Line, RateTile, Tile};
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "board.html")]
pub struct BoardPage {
    pub t: Texts,
    pub shell: Shell,
    pub community: Option<String>,
    pub communities: Vec<Choice>,
    pub periods: Vec<Choice>,
    /// Address of [`BoardFigures`].
    pub refresh: String,
    pub period: String,
    pub tiles: Vec<Tile>,
    pub red: Vec<Line>,
    pub rates: Vec<RateTile>,
    pub charts: Vec<Chart>,
    pub units: Vec<UnitLine>,
    pub newest: Vec<Line>,
}

/// The figures alone, fetched again when something changed.
#[derive(Template)]
#[template(path = "parts/board_figures.html")]
pub struct BoardFigures {
    pub t: Texts,
    pub period: String,
    pub tiles: Vec<Tile>,
    pub red: Vec<Line>,
    pub rates: Vec<RateTile>,
    pub charts: Vec<Chart>,
    pub units: Vec<UnitLine>,
    pub newest: Vec<Line>,
}

/// What a unit did with the time that it had (R4).
#[derive(Clone, Debug)]
pub struct UnitLine {
    pub name: String,
    pub href: String,
    /// Of its own hours: so many of so many completions.
    pub own_on_time: String,
    pub held_in_hours: u64,
    pub returns: u64,
    pub lost_in_hours: u64,
    pub late_arrivals: u64,
}

/// Bars by unit or grid.
#[derive(Clone, Debug)]
pub struct Chart {
    /// `state`, `unit` or `grid`.
    pub name: &'static str,
    pub bars: Vec<Bar>,
}

/// Widths are of 100, the longest bar's; the yellow and red parts lie over the whole one.
#[derive(Clone, Debug)]
pub struct Bar {
    pub label: String,
    pub href: String,
    pub count: u64,
    pub width: u64,
    pub yellow_width: u64,
    pub red_width: u64,
}
