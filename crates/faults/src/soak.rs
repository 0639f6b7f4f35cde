//! A steady load without faults, with an eye on the nodes' memory.

use std::fmt;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::Serialize;
use tokio::time::{Instant, sleep_until};

use crate::cluster::{Cluster, Options};
use crate::leases::median_and_longest;
use crate::load::Clients;

const BETWEEN_SAMPLES: Duration = Duration::from_secs(10);
const END_PATIENCE: Duration = Duration::from_secs(30);

/// A node's resident memory over time.
#[derive(Clone, Debug, Serialize)]
pub struct Memory {
    pub node: String,
    /// Seconds since the beginning, and megabytes.
    pub samples: Vec<(f64, f64)>,
}

/// What a soak says at its end.
#[derive(Clone, Debug, Serialize)]
pub struct Soaked {
    pub minutes: f64,
    pub clients: usize,
    pub acknowledged: u64,
    pub per_second: f64,
    pub nodes: Vec<Memory>,
}

/// Runs a load for `time` and looks at the memory of each node every ten seconds.
pub async fn soak(
    options: &Options,
    (seed, clients): (u64, usize),
    time: Duration,
    tell: &(dyn Fn(&str) + Send + Sync),
) -> Result<Soaked> {
    tell("starting the cluster");
    let cluster = Cluster::up(options).await?;
    let known = cluster.known()?;
    let at_work = Clients::start(&cluster, seed, clients).await?;
    let begun = Instant::now();
    tell(&format!("{clients} clients are at work on three nodes"));
    let mut nodes: Vec<_> =
        known.nodes.iter().map(|node| Memory { node: node.name.clone(), samples: Vec::new() }).collect();
    let mut next = begun;
    while next <= begun + time {
        sleep_until(next).await;
        for memory in &mut nodes {
            let pid = known.pid(&memory.node).with_context(|| format!("{} does not run", memory.node))?;
            memory.samples.push((begun.elapsed().as_secs_f64(), resident_megabytes(pid)?));
        }
        let counts = at_work.load.figures.counts();
        let shown: Vec<_> =
            nodes.iter().filter_map(|memory| memory.samples.last()).map(|(_, mb)| format!("{mb:.1}")).collect();
        let (seconds, known) = (begun.elapsed().as_secs_f64(), counts.acknowledged);
        tell(&format!("{seconds:6.0} s  {known:7} acknowledged  resident MB {}", shown.join("  ")));
        next += BETWEEN_SAMPLES;
    }
    let (acknowledged, seconds) = (at_work.load.figures.counts().acknowledged, begun.elapsed().as_secs_f64());
    at_work.end(END_PATIENCE).await?;
    Ok(Soaked { minutes: seconds / 60.0, clients, acknowledged, per_second: acknowledged as f64 / seconds, nodes })
}

/// As the system has it (`VmRSS`).
fn resident_megabytes(pid: u32) -> Result<f64> {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).context("a node has ended")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no resident memory is told")?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().context("the resident memory")?;
    Ok(kilobytes / 1024.0)
}

impl Memory {
    /// Medians of the four quarters of the time.
    pub fn quarters(&self) -> Vec<f64> {
        let length = self.samples.len().div_ceil(4).max(1);
        let quarter = |samples: &[(f64, f64)]| median_and_longest(samples.iter().map(|(_, mb)| *mb).collect());
        self.samples.chunks(length).filter_map(quarter).map(|(median, _)| median).collect()
    }

    /// Megabytes an hour, by least squares, over the samples after the first quarter: caches fill at first.
    pub fn slope_per_hour(&self) -> f64 {
        let samples = &self.samples[self.samples.len() / 4..];
        let count = samples.len() as f64;
        let (x, y) = samples.iter().fold((0.0, 0.0), |(x, y), sample| (x + sample.0 / count, y + sample.1 / count));
        let sums = samples.iter().fold((0.0, 0.0), |(xy, xx), sample| {
            (xy + (sample.0 - x) * (sample.1 - y), xx + (sample.0 - x) * (sample.0 - x))
        });
        if sums.1 > 0.0 { sums.0 / sums.1 * 3600.0 } else { 0.0 }
    }
}

impl fmt::Display for Soaked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { minutes, clients, acknowledged, per_second, nodes } = self;
        writeln!(
            f,
            "soak, {minutes:.1} minutes, {clients} clients: {acknowledged} commands, {per_second:.0} a second"
        )?;
        for memory in nodes {
            let at = |sample: Option<&(f64, f64)>| sample.map_or(0.0, |(_, mb)| *mb);
            let (start, end) = (at(memory.samples.first()), at(memory.samples.last()));
            let quarters: Vec<_> = memory.quarters().iter().map(|mb| format!("{mb:.1}")).collect();
            let (node, slope) = (&memory.node, memory.slope_per_hour());
            let quarters = quarters.join(", ");
            writeln!(
                f,
                "{node}  MB at the start {start:.1}, medians of quarters {quarters}, at the end {end:.1}; {slope:+.1} MB an hour after the first quarter"
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_that_grows_has_a_slope_and_memory_that_filled_up_once_has_none() {
        let memory = |of: fn(f64) -> f64| Memory {
            node: "node-1".to_owned(),
            samples: (0..40).map(|nth| f64::from(nth) * 10.0).map(|at| (at, of(at))).collect(),
        };
        let grows = memory(|at| 100.0 + at / 36.0);
        assert!((grows.slope_per_hour() - 100.0).abs() < 0.001, "{}", grows.slope_per_hour());
        let filled = memory(|at| if at < 60.0 { at } else { 80.0 });
        assert!(filled.slope_per_hour().abs() < 0.001);
        assert_eq!(filled.quarters(), [50.0, 80.0, 80.0, 80.0]);
    }
}
