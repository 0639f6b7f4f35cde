//! Breaks one part of the cluster after another, and mends it again.
//!
//! Between two steps everything is whole: all nodes are ready and commands are acknowledged. If that does not come
//! about, a promise is broken.

mod fault;
mod plan;

use std::time::Duration;

use anyhow::Result;
use serde::Serialize;
use tokio::time::{Instant, sleep};

pub use fault::{Fault, HOLDER};
pub use plan::{Plan, Step};

use crate::check::promise::SERVES;
use crate::cluster::Cluster;
use crate::leases::Leases;
use crate::load::Load;

/// How long the cluster may take to be whole again. Generous: it is no verdict on speed.
const PATIENCE: Duration = Duration::from_secs(120);
const LOOK: Duration = Duration::from_millis(100);

/// A step as it went.
#[derive(Clone, Debug, Serialize)]
pub struct Done {
    pub what: String,
    /// Since the beginning.
    pub at_seconds: f64,
    pub lasted_seconds: f64,
    /// Commands that were acknowledged meanwhile.
    pub acknowledged: u64,
    /// From the mending to a whole cluster.
    pub whole_after_seconds: f64,
}

/// Who breaks what, and who is to know of it.
pub struct Nemesis<'a> {
    pub cluster: &'a Cluster,
    pub load: &'a Load,
    pub leases: &'a Leases,
    pub begun: Instant,
    pub tell: &'a (dyn Fn(&str) + Send + Sync),
}

impl Nemesis<'_> {
    /// Takes the steps in order to the plan's end or until `until`; one that was begun is mended.
    pub async fn run(&self, plan: impl Iterator<Item = Step>, until: Option<Instant>) -> Result<Vec<Done>> {
        let mut done = Vec::new();
        // Something to roll back to.
        Fault::snapshot(self.cluster).await?;
        for step in plan {
            sleep(step.rest).await;
            if until.is_some_and(|until| Instant::now() + step.hold >= until) {
                break;
            }
            done.push(self.take(&step).await?);
        }
        if let Some(until) = until {
            tokio::time::sleep_until(until).await;
        }
        Ok(done)
    }

    async fn take(&self, step: &Step) -> Result<Done> {
        let (begun, before) = (Instant::now(), self.acknowledged());
        let at_seconds = self.begun.elapsed().as_secs_f64();
        let faults: Vec<_> = step.faults.iter().map(|fault| fault.resolved(self.leases)).collect();
        let what = faults.iter().map(Fault::to_string).collect::<Vec<_>>().join("; ");
        self.say(&what);
        let mut undo = Vec::new();
        for fault in &faults {
            if let Some((node, because)) = fault.hurts() {
                self.leases.lost(&node, because);
            }
            undo.push(fault.inject(self.cluster).await?);
        }
        sleep(step.hold).await;
        if !faults.iter().any(Fault::hurts_the_database) {
            self.wait_until_moved(&what).await;
        }
        let (lasted, acknowledged) = (begun.elapsed(), self.acknowledged() - before);
        let mut undo: Vec<_> = undo.into_iter().flatten().collect();
        // A node does not start without its database.
        undo.sort_by_key(|mend| !mend.is_of_the_database());
        for mend in undo {
            let names: Vec<&str> = mend.names.iter().map(String::as_str).collect();
            self.cluster.order(mend.order, &names).await?;
        }
        let mended = Instant::now();
        self.wait_until_whole(&what).await?;
        let whole = mended.elapsed();
        self.say(&format!(
            "mended after {:.1} s, whole {:.1} s later; {acknowledged} acknowledged while it was broken",
            lasted.as_secs_f64(),
            whole.as_secs_f64(),
        ));
        let (lasted_seconds, whole_after_seconds) = (lasted.as_secs_f64(), whole.as_secs_f64());
        Ok(Done { what, at_seconds, lasted_seconds, acknowledged, whole_after_seconds })
    }

    /// The jobs of a node that is away go to another.
    async fn wait_until_moved(&self, what: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.leases.waiting().is_empty() {
            if Instant::now() > end {
                let (seconds, jobs) = (PATIENCE.as_secs(), self.leases.waiting().join(", "));
                return self.load.saw(SERVES, format!("{seconds} s into this: {what}: nobody has taken over {jobs}"));
            }
            sleep(LOOK).await;
        }
    }

    /// All nodes are ready, and something that was wished is acknowledged.
    async fn wait_until_whole(&self, what: &str) -> Result<()> {
        let (before, end) = (self.acknowledged(), Instant::now() + PATIENCE);
        loop {
            let lame = self.load.not_ready().await;
            if lame.is_empty() && self.acknowledged() > before {
                return Ok(());
            }
            if Instant::now() > end {
                let seconds = PATIENCE.as_secs();
                let more = self.acknowledged() - before;
                let state = format!("{more} commands were acknowledged, not ready: {}", lame.join(", "));
                self.load.saw(SERVES, format!("{seconds} s after this was mended: {what}: {state}"));
                return Ok(());
            }
            sleep(LOOK).await;
        }
    }

    fn acknowledged(&self) -> u64 {
        self.load.figures.counts().acknowledged
    }

    fn say(&self, what: &str) {
        let counts = self.load.figures.counts();
        let (seconds, known) = (self.begun.elapsed().as_secs_f64(), counts.acknowledged);
        (self.tell)(&format!("{seconds:6.1} s  {known:6} acknowledged  {what}"));
    }
}
