//! The judgement. Each file is one promise; each violation names its place.

mod acknowledged;
mod bus;
mod chain;
mod claims;
pub mod promise;
mod rework;
mod tables;

use serde::Serialize;

use crate::evidence::Evidence;

/// Violations of one promise that are named; the rest are counted.
const NAMED_MAX: usize = 20;

/// A promise that was not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Violation {
    pub promise: &'static str,
    /// Where and how: positions, keys, rows.
    pub what: String,
}

/// What was looked at, and what was found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    pub commands: usize,
    pub acknowledged: usize,
    pub refused: usize,
    /// Never answered: they may be in the log or not.
    pub unanswered: usize,
    pub records: usize,
    pub streams: usize,
    pub messages: Option<usize>,
    pub nodes: usize,
    pub table_rows: usize,
    /// Rounds of reviews that crossed 30 %.
    pub crossed: usize,
    pub reworks: usize,
    pub violations: Vec<Violation>,
    /// More of the same that are not named.
    pub unnamed: usize,
}

impl Verdict {
    pub fn is_kept(&self) -> bool {
        self.violations.is_empty()
    }
}

/// Looks at everything; one violation hides no other.
pub fn check(evidence: &Evidence) -> Verdict {
    let Evidence { journal, records, stream, fresh, nodes, seen } = evidence;
    let mut found = Found::default();
    let streams = chain::check(records, &mut found);
    acknowledged::check(journal, records, &mut found);
    if let Some(stream) = stream {
        bus::check(records, stream, &mut found);
    }
    for (node, tables) in nodes {
        tables::check(node, tables, fresh, &mut found);
    }
    let (crossed, reworks) = rework::check(records, &mut found);
    claims::check(records, &mut found);
    seen.iter().for_each(|seen| found.add(seen.promise, seen.what.clone()));
    Verdict {
        commands: journal.len(),
        acknowledged: journal.iter().filter(|entry| entry.is_acknowledged()).count(),
        refused: journal.iter().filter(|entry| entry.is_refused()).count(),
        unanswered: journal.iter().filter(|entry| entry.status.is_none()).count(),
        records: records.len(),
        streams,
        messages: stream.as_ref().map(Vec::len),
        nodes: nodes.len(),
        table_rows: fresh.len(),
        crossed,
        reworks,
        violations: found.violations,
        unnamed: found.unnamed,
    }
}

/// Violations as they are found.
#[derive(Default)]
struct Found {
    violations: Vec<Violation>,
    unnamed: usize,
}

impl Found {
    fn add(&mut self, promise: &'static str, what: String) {
        let named = self.violations.iter().filter(|violation| violation.promise == promise).count();
        match named < NAMED_MAX {
            true => self.violations.push(Violation { promise, what }),
            false => self.unnamed += 1,
        }
    }
}
