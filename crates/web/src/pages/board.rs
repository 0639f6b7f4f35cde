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
    pub newest: Vec<Line>,
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
