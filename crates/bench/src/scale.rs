//! Many open requests: memory, disk, and what the board's question costs.

use std::path::Path;
use std::time::{Duration, Instant};

use sandan_views::{Filter, Sight, Views};

use crate::Effort;
use crate::import::fill;
use crate::latencies::Latencies;
use crate::plant::Plant;
use crate::report::{Report, megabytes, millis};

const PATIENCE: Duration = Duration::from_secs(3_600);
const QUESTIONS: usize = 1_000;

pub async fn measure(effort: &Effort, report: &mut Report) -> anyhow::Result<()> {
    report.section(
        "Size",
        "Imported requests, two thirds of them open. Memory is the whole process's resident set after the read models caught\n\
         up; disk is the log and the read models with their search index. The questions are asked one after another; start is\n\
         the opening of log and read models until they answer.",
    );
    report.header(&[
        "requests",
        "events",
        "memory",
        "log",
        "read models",
        "board p99",
        "ledger page p99",
        "search page p99",
        "start",
    ]);
    for size in &effort.sizes {
        let row = one_size(effort, *size).await?;
        report.row(&row);
    }
    Ok(())
}

async fn one_size(effort: &Effort, size: usize) -> anyhow::Result<Vec<String>> {
    let plant = Plant::build(&effort.folder).await?;
    let models = plant.folder.path().join("views");
    let (views, stop) = plant.views(&models).await?;
    fill(&plant, size).await?;
    let events = plant.log.head().await?.position;
    views.wait_search(events, PATIENCE).await?;
    let memory = resident_bytes();
    let log_bytes = bytes_in(plant.folder.path(), false);
    let (board, ledger, search) = ask(&views).await?;
    let _ = stop.send(true);
    drop(views);

    let begun = Instant::now();
    let (again, stop) = plant.views(&models).await?;
    again.wait(events, PATIENCE).await?;
    again.board(&Sight::All).await?;
    let start = begun.elapsed();
    let _ = stop.send(true);
    Ok(vec![
        size.to_string(),
        events.to_string(),
        megabytes(memory),
        megabytes(log_bytes),
        megabytes(bytes_in(&models, true)),
        millis(board),
        millis(ledger),
        millis(search),
        millis(start),
    ])
}

async fn ask(views: &Views) -> anyhow::Result<(Duration, Duration, Duration)> {
    let (mut board, mut ledger, mut search) = (Latencies::new(), Latencies::new(), Latencies::new());
    let (all, found) = (Filter::default(), Filter { q: Some("号楼的居民".to_owned()), ..Filter::default() });
    for _ in 0..QUESTIONS {
        let asked = Instant::now();
        views.board(&Sight::All).await?;
        board.record(asked.elapsed());
        let asked = Instant::now();
        views.requests(&Sight::All, &all, None, 50).await?;
        ledger.record(asked.elapsed());
    }
    for _ in 0..QUESTIONS / 20 {
        let asked = Instant::now();
        views.requests(&Sight::All, &found, None, 50).await?;
        search.record(asked.elapsed());
    }
    Ok((board.at(99.0), ledger.at(99.0), search.at(99.0)))
}

/// Resident set of this process.
pub fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1_024
}

/// Size of the files in a folder, with those below it or without.
pub fn bytes_in(folder: &Path, deep: bool) -> u64 {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| match entry.metadata() {
            Ok(meta) if meta.is_file() => meta.len(),
            Ok(meta) if meta.is_dir() && deep => bytes_in(&entry.path(), deep),
            _ => 0,
        })
        .sum()
}
