//! The page of results: what was measured, how, and beside what.

use std::fmt::Write;
use std::time::Duration;

use crate::Effort;
use crate::latencies::Figures;

pub struct Report {
    text: String,
}

impl Report {
    /// Opens the page with the method and the machine.
    pub fn begin(effort: &Effort) -> Self {
        let mut report = Self { text: String::new() };
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        report.line("# Benchmarks");
        report.line("");
        report.line("Written by `cargo run --release -p sandan-bench`. Everything below was measured in one run on one machine:");
        let _ = writeln!(
            report.text,
            "{cores} cores, {}, load {} at the start. Runs of {:.1} s, {} rounds alternating between the program and its\npeer; the median round is shown. Ratios are worth more than absolute figures: the machine is shared.",
            processor(),
            load(),
            effort.run.as_secs_f64(),
            effort.rounds,
        );
        report
    }

    pub fn section(&mut self, title: &str, method: &str) {
        eprintln!("{title} …");
        let _ = write!(self.text, "\n## {title}\n\n{method}\n\n");
    }

    pub fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A row of a table; the first row is followed by the rule.
    pub fn header(&mut self, cells: &[&str]) {
        self.line(&format!("| {} |", cells.join(" | ")));
        self.line(&format!("|{}", " --- |".repeat(cells.len())));
    }

    pub fn row(&mut self, cells: &[String]) {
        eprintln!("  {}", cells.join("  "));
        self.line(&format!("| {} |", cells.join(" | ")));
    }

    pub fn finish(self) -> String {
        self.text
    }
}

pub fn per_second(figures: &Figures) -> String {
    format!("{:.0}", figures.per_second)
}

pub fn millis(took: Duration) -> String {
    format!("{:.2} ms", took.as_secs_f64() * 1e3)
}

pub fn megabytes(bytes: u64) -> String {
    format!("{:.0} MB", bytes as f64 / 1e6)
}

fn processor() -> String {
    let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    name.unwrap_or("processor unknown").to_owned()
}

fn load() -> String {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or("unknown").to_owned()
}
