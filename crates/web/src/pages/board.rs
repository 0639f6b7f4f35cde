//! `/board` and `/board/wall`: what supervisors watch. Every number opens into its rows.

use askama::Template;

use super::line::{Choice, Line, RateTile, Tile};
use super::moment::Moment;
use super::shell::Shell;
use super::texts::Texts;

/// What the board and the wall show.
#[derive(Clone, Debug)]
pub struct Figures {
    pub period: String,
    pub tiles: Vec<Tile>,
    pub red: Vec<Line>,
    pub rates: Vec<RateTile>,
    pub charts: Vec<Chart>,
    pub units: Vec<UnitLine>,
    /// Empty where there is one community only.
    pub communities: Vec<Bar>,
    pub newest: Vec<Line>,
}

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
    /// Address of the same on a wall screen.
    pub wall: String,
    pub figures: Figures,
}

/// The figures alone, fetched again when something changed.
#[derive(Template)]
#[template(path = "parts/board_figures.html")]
pub struct BoardFigures {
    pub t: Texts,
    pub figures: Figures,
}

/// `/board/wall`: the same for a screen that many look at from afar and nobody touches.
#[derive(Template)]
#[template(path = "wall.html")]
pub struct WallPage {
    pub t: Texts,
    pub shell: Shell,
    pub community: Option<String>,
    /// Address of [`WallFigures`].
    pub refresh: String,
    /// When the figures were read.
    pub at: Moment,
    pub figures: Figures,
}

/// The wall's figures alone.
#[derive(Template)]
#[template(path = "parts/wall_figures.html")]
pub struct WallFigures {
    pub t: Texts,
    pub at: Moment,
    pub figures: Figures,
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
