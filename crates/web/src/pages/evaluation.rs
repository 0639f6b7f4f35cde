//! `/evaluations` (季度评价例会, 双述双评): open to everybody; whoever runs one finds the steps on the same page (R22, R25).

use askama::Template;

use super::form::Form;
use super::line::{Choice, Group};
use super::moment::Moment;
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "evaluations.html")]
pub struct EvaluationsPage {
    pub t: Texts,
    pub shell: Shell,
    pub lines: Vec<SessionLine>,
    /// Of whoever may announce one.
    pub form: Option<Form>,
    pub communities: Vec<Choice>,
    /// By community, as `<community>/<unit>`.
    pub units: Vec<Group>,
}

#[derive(Clone, Debug)]
pub struct SessionLine {
    pub href: String,
    pub title: String,
    pub community: String,
    pub stage: &'static str,
}

#[derive(Template)]
#[template(path = "evaluation.html")]
pub struct EvaluationPage {
    pub t: Texts,
    pub shell: Shell,
    pub view: View,
    pub sign_up: Option<Form>,
    pub units: Vec<Choice>,
    /// Of the committee.
    pub volunteers: Vec<VolunteerRow>,
    /// Of the hotline and the desk: whom no invitation reaches (R18).
    pub unreached: Vec<UnreachedRow>,
    pub acts: Acts,
}

/// Somebody to be rung up while tokens are drawn.
#[derive(Clone, Debug)]
pub struct UnreachedRow {
    pub name: Option<String>,
    pub phone: Option<String>,
}

/// The minutes, to read and to print.
#[derive(Template)]
#[template(path = "minutes.html")]
pub struct MinutesPage {
    pub t: Texts,
    pub shell: Shell,
    pub view: View,
}

/// What everybody may see of an evaluation.
#[derive(Clone, Debug)]
pub struct View {
    pub href: String,
    pub title: String,
    pub community: String,
    pub stage: &'static str,
    /// Why it does not take place.
    pub called_off: Option<String>,
    pub is_appraisal: bool,
    /// Address of the project whose review it is: nobody signs up for that here.
    pub project: Option<String>,
    pub criteria: String,
    pub places: u32,
    pub subjects: Vec<String>,
    pub sign_up_until: Moment,
    pub seed_hash: String,
    pub signed_up: usize,
    pub admitted: usize,
    pub refused: usize,
    pub lots: Option<LotsView>,
    pub vote: Option<Vote>,
    pub results: Vec<ResultRow>,
    pub sent_back: Vec<SentBackRow>,
}

#[derive(Clone, Debug)]
pub struct LotsView {
    pub seed: String,
    /// SHA-256 of the seed is what was committed to.
    pub is_seed: bool,
    /// The draw made again just now gives the same.
    pub is_same: bool,
    pub admitted: String,
    pub chosen: String,
    pub by_lot: bool,
}

#[derive(Clone, Debug)]
pub struct Vote {
    pub fingerprint: String,
    pub drawing_until: Moment,
    pub voting_until: Moment,
    pub electorate: usize,
    pub tokens: usize,
    pub ballots: usize,
}

#[derive(Clone, Debug)]
pub struct ResultRow {
    pub name: String,
    /// `None` below five ballots (R21).
    pub figures: Option<Figures>,
    pub verdict: &'static str,
    pub is_bad: bool,
    pub no_renewal: bool,
}

#[derive(Clone, Debug)]
pub struct Figures {
    pub valid: u32,
    pub dissatisfied: u32,
    pub ratings: Vec<u32>,
    pub reasons: Vec<(&'static str, u32)>,
}

#[derive(Clone, Debug)]
pub struct SentBackRow {
    pub number: String,
    pub href: String,
    pub why: &'static str,
    pub note: Option<String>,
}

#[derive(Clone, Debug)]
pub struct VolunteerRow {
    pub number: u32,
    pub name: String,
    pub phone: String,
    pub screening: &'static str,
    pub reason: Option<String>,
    pub token: bool,
    /// Until the lots are drawn.
    pub form: Option<Form>,
}

/// The steps that the committee can take now.
#[derive(Clone, Debug, Default)]
pub struct Acts {
    pub draw: Option<Form>,
    pub open: Option<Form>,
    pub end: Option<Form>,
    pub close: Option<Form>,
    pub send_back: Option<Form>,
    pub call_off: Option<Form>,
}

/// How one's own volunteering stands.
#[derive(Template)]
#[template(path = "volunteer.html")]
pub struct VolunteerPage {
    pub t: Texts,
    pub shell: Shell,
    pub view: View,
    pub code: String,
    pub number: u32,
    pub screening: &'static str,
    pub reason: Option<String>,
    pub chosen: bool,
    pub token: bool,
}

/// The booth.
#[derive(Template)]
#[template(path = "booth.html")]
pub struct BoothPage {
    pub t: Texts,
    pub shell: Shell,
    pub id: String,
    pub view: View,
    pub public_key: String,
    /// It was counted.
    pub is_over: bool,
    pub subjects: Vec<Choice>,
}

pub const REASONS: [&str; 5] = ["slow", "not_done", "no_answer", "manner", "perfunctory"];

/// The published list.
#[derive(Template)]
#[template(path = "ballots.html")]
pub struct BallotsPage {
    pub t: Texts,
    pub shell: Shell,
    pub view: View,
    pub ballots: Vec<BallotRow>,
    pub is_shown: bool,
    /// Whom too few answers are about for any to be shown (R21).
    pub kept_back: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct BallotRow {
    pub token: String,
    pub answers: Vec<String>,
}
