//! What a run says at its end: each promise, whether it was kept, and how long jobs took to move.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::path::PathBuf;

use serde::Serialize;

use crate::check::{Verdict, promise};
use crate::leases::{Move, median_and_longest};
use crate::load::Counts;
use crate::nemesis::Done;

/// Everything about a run. `--json` prints it whole.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    pub seed: u64,
    pub minutes: f64,
    pub clients: usize,
    pub counts: Counts,
    pub faults: Vec<Done>,
    pub moves: Vec<Move>,
    /// Jobs that were lost with their node and that nobody has.
    pub not_moved: Vec<String>,
    /// Histories, the first included.
    pub generations: usize,
    pub verdict: Verdict,
    /// Where journal, data and output of all members are, if a promise was broken.
    pub folder: Option<PathBuf>,
}

impl Report {
    /// Median and longest, in seconds, by what had happened to the node.
    fn moves_by_cause(&self) -> BTreeMap<&'static str, Vec<f64>> {
        let mut by: BTreeMap<&'static str, Vec<f64>> = BTreeMap::new();
        for moved in &self.moves {
            by.entry(moved.because).or_default().push(moved.after_seconds);
        }
        by
    }

    fn moved(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (because, seconds) in self.moves_by_cause() {
            let count = seconds.len();
            if let Some((median, longest)) = median_and_longest(seconds) {
                let figures = format!("median {median:.1} s, longest {longest:.1} s");
                writeln!(f, "leases    {count} moved from a node that was {because}: {figures}")?;
            }
        }
        match self.not_moved.is_empty() {
            true => Ok(()),
            false => writeln!(f, "leases    not taken over: {}", self.not_moved.join(", ")),
        }
    }

    fn promises(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for promise in promise::ALL {
            let broken: Vec<_> = self.verdict.violations.iter().filter(|found| found.promise == promise).collect();
            writeln!(f, "{:9} {promise}", if broken.is_empty() { "kept" } else { "BROKEN" })?;
            for found in broken {
                writeln!(f, "          - {}", found.what)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, minutes, clients, counts, verdict, generations, .. } = self;
        writeln!(f, "fault run, seed {seed}, {minutes:.1} minutes, {clients} clients")?;
        let (acknowledged, refused, unanswered) = (verdict.acknowledged, counts.refused, verdict.unanswered);
        let commands = verdict.commands;
        writeln!(f, "commands  {commands}: {acknowledged} acknowledged, {refused} refused, {unanswered} unanswered")?;
        let (more, failures) = (counts.tries_more, counts.failures);
        writeln!(f, "          {more} tries beyond the first, {failures} answers of failure (500)")?;
        writeln!(f, "reads     {} after a position; {} stories came to an end", counts.reads, counts.stories)?;
        let acknowledged: u64 = self.faults.iter().map(|done| done.acknowledged).sum();
        writeln!(
            f,
            "faults    {}, {acknowledged} commands acknowledged while something was broken",
            self.faults.len()
        )?;
        self.moved(f)?;
        let (records, streams) = (verdict.records, verdict.streams);
        writeln!(f, "log       {records} events in {streams} streams, {generations} generations")?;
        let messages = verdict.messages.map_or("no".to_owned(), |messages| messages.to_string());
        let (rows, nodes) = (verdict.table_rows, verdict.nodes);
        writeln!(f, "bus       {messages} messages; read models of {nodes} nodes against {rows} rows of a fresh fold")?;
        writeln!(f, "reviews   {} crossed 30 %, {} reworks", verdict.crossed, verdict.reworks)?;
        self.promises(f)?;
        let mut end = String::new();
        if verdict.unnamed > 0 {
            writeln!(end, "{} more of the same are not named", verdict.unnamed)?;
        }
        if let Some(folder) = &self.folder {
            writeln!(end, "journal, data and output of all members are in {}", folder.display())?;
        }
        f.write_str(&end)
    }
}
