//! A round as a resident would keep it on paper: a list of ballots, counted afresh each time.

use crate::review::{Outcome, Rating, Tally};

/// One round of `electorate` voters.
#[derive(Debug, Default)]
pub(super) struct Paper {
    electorate: u32,
    /// Voter, answer, and "the dispatch was wrong"; the last line of each voter counts.
    lines: Vec<(u32, Rating, bool)>,
    pub(super) end: Option<End>,
}

/// How the round ended, with the figures of that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    pub(super) outcome: Outcome,
    pub(super) tally: Tally,
    pub(super) from_triage: bool,
    pub(super) early: bool,
}

impl Paper {
    pub(super) fn for_voters(electorate: u32) -> Self {
        Self { electorate, ..Self::default() }
    }

    /// Whether a ballot is taken.
    pub(super) fn vote(&mut self, voter: u32, rating: Rating, wrong: bool, in_window: bool) -> bool {
        let has_voted = self.lines.iter().any(|line| line.0 == voter);
        let is_taken = match self.end {
            None => true,
            Some(end) => end.early && !has_voted,
        };
        let makes_sense = !wrong || rating.is_dissatisfied();
        if !(in_window && is_taken && voter < self.electorate && makes_sense) {
            return false;
        }
        self.lines.retain(|line| line.0 != voter);
        self.lines.push((voter, rating, wrong));
        self.end = self.end.or_else(|| self.end_by_ballots());
        true
    }

    pub(super) fn window_ends(&mut self) {
        self.end = self.end.or_else(|| Some(self.end_now(false)));
    }

    pub(super) fn tally(&self) -> Tally {
        let count = |counts: &dyn Fn(&&(u32, Rating, bool)) -> bool| {
            u32::try_from(self.lines.iter().filter(counts).count()).unwrap()
        };
        Tally {
            electorate: self.electorate,
            valid: count(&|_| true),
            dissatisfied: count(&|line| matches!(line.1, Rating::Dissatisfied | Rating::VeryDissatisfied)),
            dispatch_wrong: count(&|line| line.2),
        }
    }

    /// All have voted, or rework follows whatever those still out say.
    fn end_by_ballots(&self) -> Option<End> {
        let tally = self.tally();
        let all = tally.valid == tally.electorate;
        let is_certain = 10 * tally.dissatisfied > 3 * tally.electorate;
        (all || is_certain).then(|| self.end_now(!all))
    }

    fn end_now(&self, early: bool) -> End {
        let tally = self.tally();
        let outcome = if tally.valid == 0 {
            Outcome::Unrated
        } else if 10 * tally.dissatisfied > 3 * tally.valid {
            Outcome::Rework
        } else {
            Outcome::Passed
        };
        let from_triage = outcome == Outcome::Rework && 10 * tally.dispatch_wrong > 3 * tally.valid;
        End { outcome, tally, from_triage, early }
    }
}
