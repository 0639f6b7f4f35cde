//! A whole fault run: cluster, load, nemesis, and the judgement.

use std::time::Duration;

use anyhow::Result;
use tokio::time::Instant;

use crate::check::check;
use crate::cluster::{Cluster, Options};
use crate::collect::{collect, open_log};
use crate::leases::Leases;
use crate::load::Clients;
use crate::nemesis::{Nemesis, Step};
use crate::report::Report;

/// What was begun gets so long to end, once everything is whole.
const END_PATIENCE: Duration = Duration::from_secs(60);

/// How it is run.
pub struct Run<P> {
    pub seed: u64,
    /// `None`: as long as the plan takes.
    pub time: Option<Duration>,
    pub clients: usize,
    pub cluster: Options,
    /// Taken in order; those that do not fit into the time are left out.
    pub plan: P,
}

impl<P: Iterator<Item = Step>> Run<P> {
    /// Runs it to its end. Where a promise was broken, the cluster's folder stays and the report names it.
    pub async fn execute(self, tell: &(dyn Fn(&str) + Send + Sync)) -> Result<Report> {
        tell("starting the cluster");
        let cluster = Cluster::up(&self.cluster).await?;
        match self.on(&cluster, tell).await {
            Ok(report) if report.verdict.is_kept() => Ok(report),
            Ok(report) => Ok(Report { folder: Some(cluster.keep()), ..report }),
            Err(error) => Err(error.context(format!("what was said is in {}", cluster.keep().display()))),
        }
    }

    async fn on(self, cluster: &Cluster, tell: &(dyn Fn(&str) + Send + Sync)) -> Result<Report> {
        let Self { seed, time, clients, plan, .. } = self;
        let log = open_log(cluster).await?;
        let leases = Leases::watch(log.clone());
        let at_work = Clients::start(cluster, seed, clients).await?;
        let begun = Instant::now();
        tell(&format!("{clients} clients are at work on three nodes"));
        let load = at_work.load.clone();
        let nemesis = Nemesis { cluster, load: &load, leases: &leases, begun, tell };
        let faults = nemesis.run(plan, time.map(|time| begun + time)).await?;
        let minutes = begun.elapsed().as_secs_f64() / 60.0;
        tell("the clients come to an end");
        at_work.end(END_PATIENCE).await?;
        tell("waiting until all is quiet, and reading everything");
        let evidence = collect(cluster, &load, &*log).await?;
        let (verdict, counts, folder) = (check(&evidence), load.figures.counts(), None);
        let (moves, not_moved, generations) = (leases.moves(), leases.waiting(), log.generations().await?.len());
        log.close().await?;
        Ok(Report { seed, minutes, clients, counts, faults, moves, not_moved, generations, verdict, folder })
    }
}
