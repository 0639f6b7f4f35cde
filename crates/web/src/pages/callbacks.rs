//! `/callbacks` (回访): the periods, and each with the draw made again in front of whoever looks (R18).

use askama::Template;

use super::form::Form;
use super::line::Choice;
use super::moment::Moment;
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "callbacks.html")]
pub struct CallbacksPage {
    pub t: Texts,
    pub shell: Shell,
    pub periods: Vec<PeriodLine>,
    /// Of whoever may commit to a period.
    pub form: Option<Form>,
    pub communities: Vec<Choice>,
}

#[derive(Clone, Debug)]
pub struct PeriodLine {
    pub href: String,
    pub community: String,
    pub days: String,
    pub size: u32,
    pub is_drawn: bool,
}

#[derive(Template)]
#[template(path = "callback.html")]
pub struct CallbackPage {
    pub t: Texts,
    pub shell: Shell,
    pub href: String,
    pub community: String,
    pub days: String,
    pub size: u32,
    pub hash: String,
    pub committed: Moment,
    pub position: u64,
    pub draw: Option<Draw>,
    /// Of whoever may draw it, when the period is over.
    pub form: Option<Form>,
    pub figures: Vec<Figure>,
    pub calls: Vec<CallBackLine>,
}

/// The published draw, and whether it came out the same just now.
#[derive(Clone, Debug)]
pub struct Draw {
    pub seed: String,
    pub hash_now: String,
    pub is_seed: bool,
    pub is_sample: bool,
    pub candidates: usize,
    pub sample: Vec<Lot>,
}

#[derive(Clone, Debug)]
pub struct Lot {
    pub request: String,
    pub lot: String,
}

#[derive(Clone, Debug)]
pub struct Figure {
    pub label: String,
    pub count: u32,
}

/// Somebody of the sample, for the hotline.
#[derive(Clone, Debug)]
pub struct CallBackLine {
    pub request: String,
    pub href: String,
    pub number: String,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub outcome: Option<String>,
    pub form: Form,
}
