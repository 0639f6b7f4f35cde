//! Rebuild of all read models from nothing: events per second.

use std::time::{Duration, Instant};

use crate::Effort;
use crate::import::fill;
use crate::latencies::middle;
use crate::plant::Plant;
use crate::report::Report;

/// Longer than any rebuild here takes: a rebuild that hangs must not hang the run.
const PATIENCE: Duration = Duration::from_secs(1_800);

pub async fn measure(effort: &Effort, report: &mut Report) -> anyhow::Result<()> {
    report.section(
        "Rebuild of the read models",
        "Every event is read, decoded, its texts opened, and folded into all tables; the search index is built beside them.",
    );
    report.header(&["events", "all tables, events/s", "search too, events/s"]);
    let plant = Plant::build(&effort.folder).await?;
    fill(&plant, effort.import_rows).await?;
    let events = plant.log.head().await?.position;
    let (mut tables, mut search) = (Vec::new(), Vec::new());
    for round in 0..effort.rounds {
        let begun = Instant::now();
        let (views, stop) = plant.views(&plant.folder.path().join(format!("views-{round}"))).await?;
        views.wait(events, PATIENCE).await?;
        tables.push(events as f64 / begun.elapsed().as_secs_f64());
        views.wait_search(events, PATIENCE).await?;
        search.push(events as f64 / begun.elapsed().as_secs_f64());
        let _ = stop.send(true);
    }
    report.row(&[events.to_string(), format!("{:.0}", middle(tables)), format!("{:.0}", middle(search))]);
    Ok(())
}
