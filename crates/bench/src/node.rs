//! A new node on a log of a million events: how soon it answers, with a copy of the read models and without.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use sandan_app::Clock;
use sandan_log::{Log, PostgresLog, PostgresOptions};
use sandan_testkit::Postgres;
use sandan_views::{Shelf, ShelfError, Views};
use tempfile::TempDir;

use crate::Effort;
use crate::import::fill;
use crate::plant::Plant;
use crate::report::{Report, megabytes};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(1_800);

pub async fn measure(effort: &Effort, report: &mut Report) -> anyhow::Result<()> {
    report.section(
        "A new node",
        "A node with an empty data folder joins a log on Postgres of imported requests, every third answered. It answers as soon\n\
         as the tables are at the log's end; searches are complete when the search index is too. The copy is taken, compressed\n\
         and sealed by another node, and lies in a folder, as an object store by default is one. One run.",
    );
    let server = Postgres::durable();
    let log: Arc<dyn Log> = Arc::new(PostgresLog::open(&server.database(), PostgresOptions::default()).await?);
    let plant = Plant::over(log, TempDir::new_in(&effort.folder)?, Clock::system());
    plant.organise().await?;
    fill(&plant, effort.node_requests).await?;
    let events = plant.log.head().await?.position;
    let (shelf, place) = (Folder(plant.folder.path().join("shelf")), plant.folder.path());
    std::fs::create_dir(&shelf.0)?;

    let begun = Instant::now();
    let (views, stop) = plant.views(&place.join("one")).await?;
    let folded = ready(&views, events, begun).await?;
    let begun = Instant::now();
    views.keep_copies(&shelf, 1).await?;
    let copying = begun.elapsed();
    _ = stop.send(true);

    let begun = Instant::now();
    let two = place.join("two");
    std::fs::create_dir(&two)?;
    Views::adopt(&plant.parts(&two), &shelf).await?;
    let (views, stop) = plant.views(&two).await?;
    let adopted = ready(&views, events, begun).await?;
    _ = stop.send(true);

    report.header(&["events", "way", "answers after", "searches complete after"]);
    for (way, (tables, search)) in [("folds the log", folded), ("goes on from a copy", adopted)] {
        report.row(&[events.to_string(), way.to_owned(), seconds(tables), seconds(search)]);
    }
    report.line("");
    let (took, bytes) = (seconds(copying), megabytes(shelf.bytes()?));
    report.line(&format!("Taking the copies of both took the other node {took}; they are {bytes}."));
    Ok(())
}

/// When the tables, and when the search index too, were at the log's end.
async fn ready(views: &Views, events: u64, begun: Instant) -> anyhow::Result<(Duration, Duration)> {
    views.wait(events, PATIENCE).await?;
    let tables = begun.elapsed();
    views.wait_search(events, PATIENCE).await?;
    Ok((tables, begun.elapsed()))
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}

/// Copies in a folder.
struct Folder(PathBuf);

impl Folder {
    fn names(&self) -> std::io::Result<Vec<String>> {
        let mut names = Vec::new();
        for kind in std::fs::read_dir(&self.0)? {
            for file in std::fs::read_dir(kind?.path())? {
                let path = file?.path();
                names.extend(path.strip_prefix(&self.0).ok().and_then(Path::to_str).map(str::to_owned));
            }
        }
        Ok(names)
    }

    fn bytes(&self) -> std::io::Result<u64> {
        self.names()?.iter().map(|name| Ok(std::fs::metadata(self.0.join(name))?.len())).sum()
    }
}

#[async_trait]
impl Shelf for Folder {
    async fn list(&self) -> Result<Vec<String>, ShelfError> {
        self.names().map_err(failed)
    }

    async fn put(&self, name: &str, file: &Path) -> Result<(), ShelfError> {
        let to = self.0.join(name);
        let written = async {
            tokio::fs::create_dir_all(to.parent().unwrap_or(&self.0)).await?;
            tokio::fs::copy(file, &to).await?;
            tokio::fs::File::open(&to).await?.sync_all().await
        };
        written.await.map_err(failed)
    }

    async fn get(&self, name: &str, file: &Path) -> Result<(), ShelfError> {
        tokio::fs::copy(self.0.join(name), file).await.map(drop).map_err(failed)
    }

    async fn remove(&self, name: &str) -> Result<(), ShelfError> {
        tokio::fs::remove_file(self.0.join(name)).await.map_err(failed)
    }
}

#[allow(clippy::needless_pass_by_value, reason = "as `map_err` hands it over")]
fn failed(error: std::io::Error) -> ShelfError {
    ShelfError(error.to_string())
}
