//! `/projects` (项目清单): open to everybody; whoever runs one finds the steps on the same page (R14, R16, R29).

use askama::Template;

use super::form::Form;
use super::line::Choice;
use super::moment::Moment;
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "projects.html")]
pub struct ProjectsPage {
    pub t: Texts,
    pub shell: Shell,
    pub lines: Vec<ProjectLine>,
    /// Of whoever may open one.
    pub form: Option<Form>,
    pub communities: Vec<Choice>,
}

#[derive(Clone, Debug)]
pub struct ProjectLine {
    pub href: String,
    pub title: String,
    pub community: String,
    pub unit: String,
    pub phase: &'static str,
    /// `none` once it is closed.
    pub light: &'static str,
    pub stages_done: usize,
    pub stages: usize,
}

#[derive(Template)]
#[template(path = "project.html")]
pub struct ProjectPage {
    pub t: Texts,
    pub shell: Shell,
    pub view: ProjectView,
    /// Until it is closed.
    pub register: Option<Form>,
    /// Of the committee.
    pub registered: Vec<RegisteredRow>,
    pub acts: ProjectActs,
}

/// What everybody may see of a project.
#[derive(Clone, Debug)]
pub struct ProjectView {
    pub href: String,
    pub title: String,
    pub community: String,
    pub responsible: String,
    pub unit: Choice,
    pub phase: &'static str,
    pub light: &'static str,
    pub reworks: u32,
    /// Of a rework (R12).
    pub due: Option<String>,
    pub stages: Vec<StageRow>,
    pub answer: Option<String>,
    pub registered: usize,
    /// Newest first.
    pub rounds: Vec<RoundRow>,
    pub requests: Vec<ServedRow>,
    pub closing: Option<&'static str>,
    /// Of the oversight board that closed it (R19).
    pub closed_because: Option<String>,
}

#[derive(Clone, Debug)]
pub struct StageRow {
    /// Counts from 1.
    pub nth: usize,
    pub name: String,
    pub due: String,
    pub done: Option<Moment>,
    pub is_late: bool,
    /// Of the committee, while it is not done.
    pub form: Option<Form>,
}

/// A round of the review: an evaluation with one subject.
#[derive(Clone, Debug)]
pub struct RoundRow {
    pub href: String,
    pub nth: usize,
    pub is_open: bool,
    pub voting_until: Moment,
    pub electorate: usize,
    pub tokens: usize,
    /// After the count, from five ballots up (R21).
    pub figures: Option<(u32, u32)>,
    /// After the count.
    pub verdict: Option<&'static str>,
    pub is_bad: bool,
}

/// A request that it serves, without its resident's words.
#[derive(Clone, Debug)]
pub struct ServedRow {
    pub number: String,
    pub title: String,
    pub state: &'static str,
    /// For the staff.
    pub href: Option<String>,
}

#[derive(Clone, Debug)]
pub struct RegisteredRow {
    pub name: String,
    pub phone: String,
    pub token: bool,
}

/// The steps that can be taken now.
#[derive(Clone, Debug, Default)]
pub struct ProjectActs {
    pub add_request: Option<Form>,
    pub finish: Option<Form>,
    /// Of the oversight board (R19).
    pub close: Option<Form>,
}

/// The code of somebody who registered.
#[derive(Template)]
#[template(path = "registered.html")]
pub struct RegisteredPage {
    pub t: Texts,
    pub shell: Shell,
    pub view: ProjectView,
    pub code: String,
}

/// On a request's own page: the project that serves it, and where its holder votes.
#[derive(Clone, Debug)]
pub struct ServedBy {
    pub href: String,
    pub title: String,
    /// Of the round that is voted on.
    pub vote: Option<String>,
}
