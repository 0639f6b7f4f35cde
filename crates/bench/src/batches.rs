//! What the program's own figures say of its batches: how large they were, and where their time went.

use std::time::Duration;

use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

const APPENDS: &str = "sandan_log_batch_appends";
const WORK: &str = "sandan_log_work_seconds";
const COMMIT: &str = "sandan_log_commit_seconds";

/// The figures of this process, which are collected from now on, as a served program does.
pub struct Collected(PrometheusHandle);

/// Sums since the process began.
#[derive(Clone, Copy, Debug, Default)]
pub struct Batches {
    count: f64,
    appends: f64,
    work: f64,
    commit: f64,
}

impl Collected {
    pub fn begin() -> anyhow::Result<Self> {
        Ok(Self(PrometheusBuilder::new().install_recorder()?))
    }

    pub fn batches(&self) -> Batches {
        let text = self.0.render();
        let of = |name: &str, end: &str| {
            let value = |line: &str| line.strip_prefix(name)?.strip_prefix(end)?.trim().parse().ok();
            text.lines().find_map(value).unwrap_or_default()
        };
        Batches {
            count: of(APPENDS, "_count"),
            appends: of(APPENDS, "_sum"),
            work: of(WORK, "_sum"),
            commit: of(COMMIT, "_sum"),
        }
    }
}

impl Batches {
    /// Adds what came between the two; an error if the log told of nothing.
    pub fn add(&mut self, before: Self, after: Self) -> anyhow::Result<()> {
        anyhow::ensure!(after.count > before.count && after.appends > before.appends, "the log told of no batch");
        self.count += after.count - before.count;
        self.appends += after.appends - before.appends;
        self.work += after.work - before.work;
        self.commit += after.commit - before.commit;
        Ok(())
    }

    /// Appends in a batch, on average.
    pub fn size(&self) -> f64 {
        self.appends / self.count
    }

    /// The database's work on one append.
    pub fn work(&self) -> Duration {
        Duration::from_secs_f64(self.work / self.appends)
    }

    /// A batch's commit, and the way to the database and back.
    pub fn commit(&self) -> Duration {
        Duration::from_secs_f64(self.commit / self.count)
    }
}
