//! Latencies of one run, and the median of several.

use std::time::Duration;

use hdrhistogram::Histogram;

/// A run's figures.
#[derive(Clone, Copy, Debug)]
pub struct Figures {
    pub per_second: f64,
    pub p50: Duration,
    pub p99: Duration,
}

/// What one caller measured, to be added up.
pub struct Latencies(Histogram<u64>);

impl Latencies {
    pub fn new() -> Self {
        Self(Histogram::new(3).expect("three digits are a valid precision"))
    }

    pub fn record(&mut self, took: Duration) {
        // The histogram grows as it must; what no histogram could hold took longer than anybody waits.
        let _ = self.0.record(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX));
    }

    pub fn add(&mut self, other: &Self) {
        // Both have the same precision and grow by themselves.
        self.0.add(&other.0).expect("histograms of one kind add up");
    }

    /// The figures of a run that took `elapsed`.
    pub fn figures(&self, elapsed: Duration) -> Figures {
        Figures { per_second: self.0.len() as f64 / elapsed.as_secs_f64(), p50: self.at(50.0), p99: self.at(99.0) }
    }

    pub fn count(&self) -> u64 {
        self.0.len()
    }

    pub fn at(&self, percentile: f64) -> Duration {
        Duration::from_nanos(self.0.value_at_percentile(percentile))
    }
}

/// The run in the middle, by throughput.
pub fn median(mut runs: Vec<Figures>) -> Figures {
    runs.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
    runs[runs.len() / 2]
}

/// The value in the middle.
pub fn middle(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
