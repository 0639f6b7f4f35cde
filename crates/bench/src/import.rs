//! Import: rows per second into an embedded log.

use std::time::Instant;

use jiff::{SignedDuration, Timestamp};
use sandan_app::{Caller, ImportRow};

use crate::Effort;
use crate::latencies::middle;
use crate::plant::{COMMUNITY, Plant, refused};
use crate::report::Report;

/// Rows handed over at once, as the importer does.
const CHUNK_ROWS: usize = 2_000;

pub async fn measure(effort: &Effort, report: &mut Report) -> anyhow::Result<()> {
    report.section(
        "Import",
        "Rows of about 300 characters, every third answered (four events), into an empty embedded log: checked, sealed, hashed,\nunique by their external id.",
    );
    report.header(&["rows", "rows/s"]);
    let mut runs = Vec::new();
    for _ in 0..effort.rounds {
        let plant = Plant::build(&effort.folder).await?;
        runs.push(effort.import_rows as f64 / fill(&plant, effort.import_rows).await?);
    }
    report.row(&[effort.import_rows.to_string(), format!("{:.0}", middle(runs))]);
    Ok(())
}

/// Imports `rows` rows; answers how many seconds it took.
pub async fn fill(plant: &Plant, rows: usize) -> anyhow::Result<f64> {
    let begun = Instant::now();
    for start in (0..rows).step_by(CHUNK_ROWS) {
        let chunk: Vec<ImportRow> = (start..rows.min(start + CHUNK_ROWS)).map(row).collect();
        for imported in plant.app.import(&Caller::system(), chunk).await {
            imported.map_err(refused)?;
        }
    }
    Ok(begun.elapsed().as_secs_f64())
}

fn row(nth: usize) -> ImportRow {
    let first = Timestamp::from_second(1_735_660_800).expect("2025 is in range");
    let submitted_at = first + SignedDuration::from_secs(i64::try_from(nth).unwrap_or(0) * 30);
    let body = format!("第{nth}号楼的居民反映，{}", "小区道路积水，出行不便，希望尽快处理。".repeat(8));
    ImportRow {
        community: COMMUNITY.to_owned(),
        external_id: format!("b{nth}"),
        user: format!("U{}", nth / 2),
        subject: "小区道路积水".to_owned(),
        body,
        submitted_at,
        category: None,
        likes: None,
        against: None,
        reply: nth
            .is_multiple_of(3)
            .then(|| (submitted_at + SignedDuration::from_hours(100), "已安排疏通排水管道。".to_owned())),
    }
}
