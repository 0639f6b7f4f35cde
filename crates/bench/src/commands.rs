//! Commands per second, in process: file, triage, dispatch, claim, complete.

use std::time::{Duration, Instant};

use tempfile::TempDir;
use uuid::Uuid;

use crate::Effort;
use crate::latencies::{Figures, Latencies, median, middle};
use crate::peer::{self, Peer};
use crate::plant::{Plant, Worker};
use crate::report::{Report, millis, per_second};

const CALLERS: [usize; 5] = [1, 8, 64, 128, 512];

pub async fn measure(effort: &Effort, report: &mut Report) -> anyhow::Result<()> {
    report.section(
        "Commands, in process",
        "Five commands a request: file, triage, dispatch, claim, complete, with authorisation, idempotency, version checks,\n\
         hash chain and sealed personal data on, on an embedded log with a real fsync. They leave ten events a request: a\n\
         claim takes up capacity, a completion opens the review and frees it. The peer is a plain loop with one SQLite\n\
         transaction a command (look-up, version check, one event), its callers taking turns.",
    );
    report.header(&["callers", "commands/s", "p50", "p99", "peer/s", "peer p50", "peer p99", "ratio"]);
    for callers in effort.of(&CALLERS) {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..effort.rounds {
            ours.push(ours_with(effort, callers).await?);
            theirs.push(peers_with(effort, callers).await?);
        }
        let (ours, theirs) = (median(ours), median(theirs));
        report.row(&[
            callers.to_string(),
            per_second(&ours),
            millis(ours.p50),
            millis(ours.p99),
            per_second(&theirs),
            millis(theirs.p50),
            millis(theirs.p99),
            format!("{:.1} ×", ours.per_second / theirs.per_second),
        ]);
    }
    limit(effort, report)
}

/// What the same file system takes in batches of 1,000 rows.
fn limit(effort: &Effort, report: &mut Report) -> anyhow::Result<()> {
    let mut runs = Vec::new();
    for _ in 0..effort.rounds {
        let folder = TempDir::new_in(&effort.folder)?;
        runs.push(peer::batches(&folder.path().join("limit.sqlite"), effort.run)?);
    }
    report.line("");
    report.line(&format!(
        "The limit, batches of 1,000 rows of one event and one command each: {:.0} rows/s.",
        middle(runs)
    ));
    Ok(())
}

async fn ours_with(effort: &Effort, callers: usize) -> anyhow::Result<Figures> {
    let plant = Plant::build(&effort.folder).await?;
    let workers: Vec<Worker> = (0..callers).map(|nth| plant.worker(nth)).collect();
    let end = Instant::now() + effort.run;
    let begun = Instant::now();
    let tasks: Vec<_> = workers.into_iter().map(|worker| tokio::spawn(work(worker, end))).collect();
    let mut all = Latencies::new();
    for task in tasks {
        all.add(&task.await??);
    }
    Ok(all.figures(begun.elapsed()))
}

/// Takes requests through the cycle until `end`.
pub async fn work(worker: Worker, end: Instant) -> anyhow::Result<Latencies> {
    let mut latencies = Latencies::new();
    while Instant::now() < end {
        worker.one_request(&mut latencies).await?;
    }
    Ok(latencies)
}

async fn peers_with(effort: &Effort, callers: usize) -> anyhow::Result<Figures> {
    let folder = TempDir::new_in(&effort.folder)?;
    let peer = Peer::open(&folder.path().join("peer.sqlite"))?;
    let run = effort.run;
    let begun = Instant::now();
    let threads: Vec<_> = (0..callers)
        .map(|_| {
            let peer = peer.clone();
            std::thread::spawn(move || plain_loop(&peer, run))
        })
        .collect();
    let mut all = Latencies::new();
    for thread in threads {
        all.add(&thread.join().map_err(|_| anyhow::anyhow!("a caller of the peer panicked"))??);
    }
    Ok(all.figures(begun.elapsed()))
}

fn plain_loop(peer: &Peer, run: Duration) -> anyhow::Result<Latencies> {
    let mut latencies = Latencies::new();
    let begun = Instant::now();
    'run: loop {
        let stream = Uuid::now_v7();
        for version in 0..5 {
            let asked = Instant::now();
            if begun.elapsed() >= run {
                break 'run;
            }
            peer.append(stream, version)?;
            latencies.record(asked.elapsed());
        }
    }
    Ok(latencies)
}
