//! `/scores` (双向打分): the score sheet of a community's year, with the forms of whoever enters or rates (R23).

use askama::Template;

use super::form::Form;
use super::line::Choice;
use super::shell::Shell;
use super::texts::Texts;

#[derive(Template)]
#[template(path = "scores.html")]
pub struct ScoresPage {
    pub t: Texts,
    pub shell: Shell,
    pub communities: Vec<Choice>,
    pub year: i16,
    /// Once a community is chosen.
    pub sheet: Option<SheetView>,
}

#[derive(Clone, Debug)]
pub struct SheetView {
    pub community: String,
    pub name: String,
    /// Whose weights hold.
    pub policy: String,
    pub target_hours: u32,
    pub parts: Vec<PartHead>,
    pub units: Vec<UnitRow>,
    pub community_score: String,
    pub community_parts: Vec<PartCell>,
    pub people: Paged<MemberRow>,
    pub entries: Paged<EntryRow>,
    pub filter: EntriesOf,
    /// Of the committee.
    pub enter: Option<EnterForms>,
    /// Of a unit.
    pub rate: Option<Form>,
    pub choices: Vec<Choice>,
}

/// A part of a list, and where the others are.
#[derive(Clone, Debug)]
pub struct Paged<T> {
    pub rows: Vec<T>,
    /// Of any page but the first.
    pub first: Option<String>,
    pub next: Option<String>,
}

/// Whose entries are shown.
#[derive(Clone, Debug)]
pub struct EntriesOf {
    pub units: Vec<Choice>,
    /// Of one person of the unit.
    pub member: Option<usize>,
    /// To all entries, where not all are shown.
    pub all: Option<String>,
}

/// A column of the units' table.
#[derive(Clone, Debug)]
pub struct PartHead {
    pub name: &'static str,
    pub weight: u32,
}

#[derive(Clone, Debug)]
pub struct UnitRow {
    pub name: String,
    pub score: String,
    pub parts: Vec<PartCell>,
    /// Of its commitments.
    pub evidence: Option<String>,
}

/// One input: what is counted, of what, and the points that it makes.
#[derive(Clone, Debug)]
pub struct PartCell {
    pub name: &'static str,
    pub weight: u32,
    pub numerator: String,
    pub denominator: String,
    pub numerator_href: Option<String>,
    pub denominator_href: Option<String>,
    pub points: String,
}

#[derive(Clone, Debug)]
pub struct MemberRow {
    pub unit: String,
    pub number: usize,
    /// To what was entered for them.
    pub href: String,
    pub check_ins: u32,
    pub hours: String,
    pub counted: String,
    /// They scanned the code and did nothing (扫码打卡族).
    pub only_checked_in: bool,
}

#[derive(Clone, Debug)]
pub struct EntryRow {
    pub entry: usize,
    pub day: String,
    pub unit: String,
    pub member: Option<usize>,
    /// `None`: a bare check-in.
    pub hours: Option<String>,
    pub activity: String,
    pub evidence: String,
    pub struck: Option<String>,
}

#[derive(Clone, Debug)]
pub struct EnterForms {
    pub hours: Form,
    pub check_in: Form,
    pub commitments: Form,
    pub strike_out: Form,
}
