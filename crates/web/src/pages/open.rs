//! `/open`: what anybody may read (R37): rates, figures, and closed requests without a name or a quote.

use askama::Template;

use super::line::{Choice, RateTile, Tile};
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "open.html")]
pub struct OpenPage {
    pub t: Texts,
    pub shell: Shell,
    pub communities: Vec<Choice>,
    pub periods: Vec<Choice>,
    pub rates: Vec<RateTile>,
    pub tiles: Vec<Tile>,
    pub closed: Vec<ClosedLine>,
    pub first: Option<String>,
    pub next: Option<String>,
}

#[derive(Clone, Debug)]
pub struct ClosedLine {
    /// The desk's own words, or the category.
    pub title: String,
    pub about: String,
    pub days: String,
    pub closing: String,
    pub good: bool,
}
