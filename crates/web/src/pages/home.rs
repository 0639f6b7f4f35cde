//! `/`: residents file a request, or follow one by its code.

use askama::Template;

use super::form::Form;
use super::line::{Choice, Group};
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "home.html")]
pub struct HomePage {
    pub t: Texts,
    pub shell: Shell,
    pub form: Form,
    pub follow: Form,
    pub communities: Vec<Choice>,
    pub grids: Vec<Choice>,
    /// Two levels; finer ones are found by typing.
    pub categories: Vec<Group>,
    /// What the typed category may mean.
    pub matches: Vec<Choice>,
    /// Open requests that could be joined instead (R5).
    pub nearby: Vec<Nearby>,
    /// Staff who file for somebody: how the wish reached them (R2).
    pub channel: Option<&'static str>,
}

/// An open request without anybody's words (R5).
#[derive(Clone, Debug)]
pub struct Nearby {
    pub title: String,
    /// Category, grid and age.
    pub about: String,
    pub href: String,
}

/// The open requests of a category and grid, as a fragment.
#[derive(Template)]
#[template(path = "parts/nearby.html")]
pub struct NearbyPart {
    pub t: Texts,
    pub nearby: Vec<Nearby>,
}

/// `/join/{id}`: join an open request instead of filing the same anew (R5).
#[derive(Template)]
#[template(path = "join.html")]
pub struct JoinPage {
    pub t: Texts,
    pub shell: Shell,
    pub item: Nearby,
    pub form: Form,
}
