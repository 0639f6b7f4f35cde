//! Lots, verdicts and grades, in whole numbers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::evaluation::event::{Answer, Reason};
use crate::evaluation::occasion::{Occasion, Subject, SubjectKind};
use crate::evaluation::state::Poll;
use crate::ids::Slug;
use crate::lots;
use crate::review::{Rating, calls_for_accountability, calls_for_rework};

/// The lots: of `numbers` those `places` that are drawn, in rising order of number.
pub fn draw(seed: &str, numbers: &[u32], places: usize) -> Vec<u32> {
    let mut chosen = lots::draw(seed, numbers, places);
    chosen.sort_unstable();
    chosen
}

/// What the ballots say of one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectResult {
    pub subject: Slug,
    /// Ballots with an answer on it.
    pub valid: u32,
    pub dissatisfied: u32,
    /// In the order of [`Rating::ALL`].
    pub ratings: [u32; 5],
    pub reasons: BTreeMap<Reason, u32>,
    pub verdict: Verdict,
    /// No bonus and no renewal (R25).
    pub no_renewal: bool,
}

impl SubjectResult {
    /// Whether its figures are shown: from 5 ballots up (R21).
    pub const fn is_shown(&self) -> bool {
        self.valid as usize >= Poll::SHOWN_FROM
    }
}

/// What follows from a subject's result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Nobody rated it: it counts in no rate, and nothing follows (R18).
    Unrated,
    Passed,
    /// More than 30 % dissatisfied with a quarter or a project: the unit has to put it right (R16).
    PutRight,
    /// 30 % or more of a year's ballots: an accountability order 责令辞职或启动罢免 (R17).
    Accountable,
    /// 称职, 基本称职, 不称职 (R25)
    Graded(Grade),
}

/// A full-time worker's year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    Competent,
    BasicallyCompetent,
    NotCompetent,
}

impl Grade {
    /// R25: *not competent*, or *basically competent* two years running.
    pub const fn ends_renewal(self, previous: Option<Self>) -> bool {
        match self {
            Self::Competent => false,
            Self::BasicallyCompetent => matches!(previous, Some(Self::BasicallyCompetent)),
            Self::NotCompetent => true,
        }
    }
}

impl Verdict {
    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unrated => "unrated",
            Self::Passed => "passed",
            Self::PutRight => "put_right",
            Self::Accountable => "accountable",
            Self::Graded(Grade::Competent) => "competent",
            Self::Graded(Grade::BasicallyCompetent) => "basically_competent",
            Self::Graded(Grade::NotCompetent) => "not_competent",
        }
    }

    pub const fn grade(self) -> Option<Grade> {
        match self {
            Self::Graded(grade) => Some(grade),
            Self::Unrated | Self::Passed | Self::PutRight | Self::Accountable => None,
        }
    }
}

/// R25, for full-time workers: *not competent* by R17's measure; *basically competent* where the ballots with no more
/// than "basically satisfied" are more than half; else *competent*. `basically`: ballots with exactly that answer.
pub const fn grade(valid: u32, basically: u32, dissatisfied: u32) -> Option<Grade> {
    if valid == 0 {
        None
    } else if calls_for_accountability(dissatisfied, valid) {
        Some(Grade::NotCompetent)
    } else if 2 * (basically as u64 + dissatisfied as u64) > valid as u64 {
        Some(Grade::BasicallyCompetent)
    } else {
        Some(Grade::Competent)
    }
}

/// What follows from the figures: R16's measure for a quarter and a project, R17 and R25 for a year.
pub const fn verdict(occasion: Occasion, kind: SubjectKind, valid: u32, basically: u32, dissatisfied: u32) -> Verdict {
    if valid == 0 {
        return Verdict::Unrated;
    }
    match (occasion, kind) {
        (Occasion::Quarter { .. } | Occasion::Project { .. }, _) if calls_for_rework(dissatisfied, valid) => {
            Verdict::PutRight
        }
        (Occasion::Quarter { .. } | Occasion::Project { .. }, _) => Verdict::Passed,
        (Occasion::Year { .. }, SubjectKind::Worker) => match grade(valid, basically, dissatisfied) {
            Some(grade) => Verdict::Graded(grade),
            None => Verdict::Unrated,
        },
        (Occasion::Year { .. }, _) if calls_for_accountability(dissatisfied, valid) => Verdict::Accountable,
        (Occasion::Year { .. }, _) => Verdict::Passed,
    }
}

/// Counts the answers on one subject. `previous`: the grade of the year before.
pub fn result_of<'a>(
    occasion: Occasion,
    subject: &Subject,
    answers: impl Iterator<Item = &'a Answer>,
    previous: Option<Grade>,
) -> SubjectResult {
    let mut ratings = [0_u32; 5];
    let mut reasons: BTreeMap<Reason, u32> = BTreeMap::new();
    for answer in answers.filter(|answer| answer.subject == subject.id) {
        for (count, rating) in ratings.iter_mut().zip(Rating::ALL) {
            *count += u32::from(rating == answer.rating);
        }
        answer.reasons.iter().for_each(|reason| *reasons.entry(*reason).or_default() += 1);
    }
    let valid = ratings.iter().sum();
    let [_, _, basically, unhappy, very_unhappy] = ratings;
    let dissatisfied = unhappy + very_unhappy;
    let verdict = verdict(occasion, subject.kind, valid, basically, dissatisfied);
    let no_renewal = verdict.grade().is_some_and(|grade| grade.ends_renewal(previous));
    SubjectResult { subject: subject.id.clone(), valid, dissatisfied, ratings, reasons, verdict, no_renewal }
}
