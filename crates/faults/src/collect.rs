//! Waits until the cluster is quiet, and reads everything: the log from the database, the stream from NATS, the read
//! models of each node, and those of a fresh fold.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use sandan_bus::nats::{self, Connection, NatsOptions, Stored};
use sandan_log::{Head, Log, PostgresLog, PostgresOptions, Record};
use tokio::time::{Instant, sleep};

use crate::check::promise::{PANIC, SERVES};
use crate::cluster::Cluster;
use crate::evidence::{Evidence, Seen};
use crate::journal::Journal;
use crate::load::{Load, journal_of};

/// How long nodes and stream may take to catch up. Generous: it is no verdict on speed.
const PATIENCE: Duration = Duration::from_secs(180);
const LOOK: Duration = Duration::from_millis(100);
/// Commands that were still under way may end in between; then everything is read again.
const READINGS_MAX: usize = 5;
const PAGE_RECORDS: usize = 2_000;
/// The data folder of the fresh fold.
const FRESH: &str = "fresh";

/// The log, read as a node reads it.
pub async fn open_log(cluster: &Cluster) -> Result<Arc<dyn Log>> {
    let (readers, patience, look_out) = (2, Duration::from_secs(5), Duration::from_millis(500));
    let options = PostgresOptions { readers, patience, look_out, ..PostgresOptions::default() };
    Ok(Arc::new(PostgresLog::open(&cluster.known()?.database, options).await.context("open the log")?))
}

/// Reads everything, at one position.
pub async fn collect(cluster: &Cluster, load: &Load, log: &dyn Log) -> Result<Evidence> {
    let connection = Connection::probe(NatsOptions::parse(&cluster.known()?.nats)?).await.context("connect to NATS")?;
    let mut reading = 1;
    loop {
        let (head, mut seen) = quiet(load, log, &connection).await?;
        let records = records(log).await?;
        let stream = whole_stream(&connection).await?;
        let mut nodes = Vec::new();
        for node in load.nodes() {
            nodes.push((node.name.clone(), tables(cluster, &node.name).await?));
        }
        let fresh = fold_anew(cluster).await?;
        if log.head().await? != head && reading < READINGS_MAX {
            reading += 1;
            continue;
        }
        seen.extend(load.seen());
        seen.extend(panics(cluster, load)?);
        let journal = Journal::read(&journal_of(cluster))?;
        return Ok(Evidence { journal, records, stream: Some(stream), fresh, nodes, seen });
    }
}

/// Waits until all nodes and the stream stand where the log ends. Who does not come there breaks a promise.
async fn quiet(load: &Load, log: &dyn Log, connection: &Connection) -> Result<(Head, Vec<Seen>)> {
    let end = Instant::now() + PATIENCE;
    loop {
        let head = log.head().await?;
        let mut behind = Vec::new();
        for node in load.nodes() {
            let said = load.readiness(node).await.unwrap_or_default();
            let models = said["models"].as_array().cloned().unwrap_or_default();
            let there = |model: &serde_json::Value| model["position"].as_u64() == Some(head.position);
            if models.is_empty() || !models.iter().all(there) {
                behind.push(format!("{} says {said}", node.name));
            }
        }
        match nats::status(connection).await {
            Ok(status) if status.last == Some(head.position) => {}
            Ok(status) => behind.push(format!("the stream ends at {:?}", status.last)),
            Err(error) => behind.push(format!("the stream: {error}")),
        }
        if behind.is_empty() && log.head().await? == head {
            return Ok((head, Vec::new()));
        }
        if Instant::now() > end {
            let seconds = PATIENCE.as_secs();
            let told = |what| Seen {
                promise: SERVES,
                what: format!("{seconds} s after the end, at position {}: {what}", head.position),
            };
            return Ok((head, behind.into_iter().map(told).collect()));
        }
        sleep(LOOK).await;
    }
}

async fn records(log: &dyn Log) -> Result<Vec<Record>> {
    let mut records: Vec<Record> = Vec::new();
    loop {
        let after = records.last().map_or(0, |record| record.position);
        let page = log.read(after, PAGE_RECORDS).await.context("read the log")?;
        if page.is_empty() {
            return Ok(records);
        }
        records.extend(page);
    }
}

/// A leader that changes in the middle is asked again.
async fn whole_stream(connection: &Connection) -> Result<Vec<Stored>> {
    let mut last = None;
    for _ in 0..READINGS_MAX {
        match nats::read_back(connection, 1).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = Some(error),
        }
        sleep(LOOK).await;
    }
    Err(last.map_or_else(|| anyhow::anyhow!("the stream was not read"), Into::into)).context("read the stream")
}

async fn tables(cluster: &Cluster, node: &str) -> Result<Vec<String>> {
    let folder = cluster.data(node);
    let dumped = tokio::task::spawn_blocking(move || sandan_views::dump(&folder)).await?;
    dumped.with_context(|| format!("read the tables of {node}"))
}

/// The program itself folds the whole log into an empty folder.
async fn fold_anew(cluster: &Cluster) -> Result<Vec<String>> {
    let folder = cluster.data(FRESH);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).context("remove the fold before")?;
    }
    cluster.operator_in(FRESH, &["views", "rebuild"]).await?;
    tables(cluster, FRESH).await
}

/// What the nodes said when they failed.
fn panics(cluster: &Cluster, load: &Load) -> Result<Vec<Seen>> {
    let mut seen = Vec::new();
    for node in load.nodes() {
        let said = cluster.said(&node.name)?;
        let lines = said.lines().filter(|line| line.contains("panicked"));
        seen.extend(lines.map(|line| Seen { promise: PANIC, what: format!("{}: {line}", node.name) }));
    }
    Ok(seen)
}
