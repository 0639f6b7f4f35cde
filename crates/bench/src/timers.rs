//! Ten thousand timers that fall due at the same moment, while residents go on filing.

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures::StreamExt;
use jiff::{SignedDuration, Timestamp};
use sandan_app::{Caller, Clock};

use crate::Effort;
use crate::latencies::middle;
use crate::pending::{self, Cost};
use crate::plant::{Plant, filing, refused};
use crate::report::{Report, megabytes, millis};
use crate::residents::file_until;

const FILING_AT_ONCE: usize = 256;

pub async fn measure(effort: &Effort, report: &mut Report) -> anyhow::Result<()> {
    report.section(
        "Timers",
        "Requests filed on one day, whose triage falls due at the same midnight: each firing says that it is overdue, opens a\n\
         supervision order and sets its timer. Residents file 200 requests a second before and meanwhile, timed from when each\n\
         filing was due. In the second row others are pending that fall due a year later, set 1,000 an append: what each adds to\n\
         the log's file (its write-ahead log of at most 64 MB counts too), how much the process grew while they were set, and\n\
         what it takes to ask what is due when nothing is, and when the next is (p99, one question after another).",
    );
    report.header(&[
        "timers",
        "pending beside",
        "fired in",
        "residents' p99, quiet",
        "meanwhile",
        "ratio",
        "bytes a pending one",
        "memory for them",
        "asked in",
    ]);
    for pending in [0, effort.pending] {
        report.row(&one_row(effort, pending).await?);
    }
    Ok(())
}

async fn one_row(effort: &Effort, pending: usize) -> anyhow::Result<Vec<String>> {
    let (mut fired, mut quiet, mut meanwhile, mut costs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..effort.rounds {
        let round = one_round(effort, pending).await?;
        fired.push(round.0);
        quiet.push(round.1.as_secs_f64());
        meanwhile.push(round.2.as_secs_f64());
        costs.push(round.3);
    }
    let (fired, quiet, meanwhile) = (middle(fired), middle(quiet), middle(meanwhile));
    let of = |what: fn(&Cost) -> f64| middle(costs.iter().map(what).collect());
    // The first round's: later ones reuse what the allocator kept.
    let memory = costs.first().map_or(0, |cost| cost.memory);
    Ok(vec![
        effort.timers.to_string(),
        pending.to_string(),
        format!("{fired:.2} s"),
        millis(Duration::from_secs_f64(quiet)),
        millis(Duration::from_secs_f64(meanwhile)),
        format!("{:.1} ×", meanwhile / quiet),
        if pending == 0 { "—".to_owned() } else { format!("{:.0}", of(|cost| cost.bytes_each)) },
        if pending == 0 { "—".to_owned() } else { megabytes(memory) },
        millis(Duration::from_secs_f64(of(|cost| cost.asked.as_secs_f64()))),
    ])
}

/// Seconds until all had fired; the residents' p99 before and meanwhile; what the pending ones cost.
async fn one_round(effort: &Effort, pending: usize) -> anyhow::Result<(f64, Duration, Duration, Cost)> {
    let start: Timestamp = "2026-03-02T09:00:00+08:00".parse()?;
    let (clock, hand) = Clock::manual(start);
    let plant = Arc::new(Plant::with_clock(&effort.folder, clock).await?);
    let filings = futures::stream::iter(0..effort.timers).map(|_| {
        let plant = Arc::clone(&plant);
        async move { plant.app.file(&Caller::resident(), filing()).await.map_err(refused) }
    });
    let filed: Vec<anyhow::Result<_>> = filings.buffer_unordered(FILING_AT_ONCE).collect().await;
    filed.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    let due = plant.log.next_timer().await?.ok_or_else(|| anyhow::anyhow!("no timer was set"))?;
    let like = plant.log.due_timers(due, 1).await?.pop().ok_or_else(|| anyhow::anyhow!("no timer was set"))?;
    let cost = pending::set(&plant, pending, start, &like).await?;
    // Whoever files from now on is due another day.
    hand.set(due - SignedDuration::from_mins(1));
    let ((), quiet) = file_until(&plant.app, tokio::time::sleep(effort.run)).await?;
    hand.set(due);
    let app = plant.app.clone();
    let firing = async move {
        let begun = Instant::now();
        let kept = tokio::spawn(async move { app.keep_due_promises().await }).await;
        (kept, begun.elapsed().as_secs_f64())
    };
    let ((kept, took), meanwhile) = file_until(&plant.app, firing).await?;
    let kept = kept?.map_err(refused)?;
    anyhow::ensure!(kept == effort.timers, "{kept} of {} timers fired", effort.timers);
    Ok((took, quiet.at(99.0), meanwhile.at(99.0), cost))
}
