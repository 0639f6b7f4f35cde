//! An import from the first row to the summary.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use futures::StreamExt;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use sandan_app::{App, Caller, ImportRow, Imported, Refusal};
use sandan_domain::CommunityId;
use serde::Serialize;
use tokio::sync::mpsc;

use super::column::Columns;
use super::file::Opened;
use super::message::{Check, Message};
use super::rejects::Rejects;
use super::row::Row;
use crate::control::{Reporter, Unit};
use crate::failure::{Code, Failure};

/// Rows of one call, and calls under way at once.
const BATCH_ROWS: usize = 512;
const BATCHES: usize = 4;
/// How often, and after which rest, rows are tried again that an overloaded log gave back.
const TRIES_MAX: u32 = 200;
const BETWEEN_TRIES: Duration = Duration::from_millis(20);

/// What is imported, and where to.
pub struct Job {
    pub file: PathBuf,
    pub community: CommunityId,
    /// Nothing goes in unless everything can.
    pub strict: bool,
    /// For the file of rejected rows, where the input's own folder can't be written to.
    pub here: PathBuf,
}

/// What came of it.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    pub read: u64,
    pub added: u64,
    pub known: u64,
    pub rejected: u64,
    pub rejected_file: Option<PathBuf>,
}

/// Rows that were read and checked together.
struct Batch {
    good: Vec<(Row, Message)>,
    bad: Vec<(Row, String)>,
    /// How far the file was read.
    read: u64,
}

pub async fn run(job: Job, app: &App, to: &Reporter) -> Result<Summary> {
    let job = Arc::new(job);
    if job.strict {
        refuse_if_bad(&job, app).await?;
    }
    let opened = open(&job.file).await?;
    warn_of_unknown(&opened.columns, to).await?;
    let mut rejects = Rejects::new(&job.file, &job.here, &opened.columns.header);
    let (total, unit) = (opened.total, opened.unit);
    let batches = read_ahead(opened, app.policy().zone.clone(), app.clock().now());
    let batches = futures::stream::unfold(batches, async |mut batches| Some((batches.recv().await?, batches)));
    let mut done = Box::pin(batches.map(|batch| file_batch(app, &job.community, batch)).buffered(BATCHES));
    let mut summary = Summary::default();
    while let Some(filed) = done.next().await {
        let filed = filed?;
        summary.read += filed.read;
        summary.added += filed.added;
        summary.known += filed.known;
        for (row, reason) in &filed.rejected {
            rejects.add(row, reason)?;
        }
        if let Some(stopped) = filed.stopped {
            return Err(stopped_early(&summary, &stopped));
        }
        report(to, filed.reached, total, unit)?;
    }
    summary.rejected = rejects.count;
    summary.rejected_file = rejects.finish()?;
    Ok(summary)
}

fn report(to: &Reporter, reached: u64, total: Option<u64>, unit: Unit) -> Result<()> {
    if to.is_gone() {
        return Err(anyhow!("whoever asked for the import has gone"));
    }
    to.progress(reached, total.map(|total| total.max(reached)), unit);
    Ok(())
}

async fn open(path: &Path) -> Result<Opened> {
    let path = path.to_owned();
    tokio::task::spawn_blocking(move || Opened::open(&path)).await.context("open the file")?
}

async fn warn_of_unknown(columns: &Columns, to: &Reporter) -> Result<()> {
    let unknown = columns.unknown();
    match unknown.is_empty() {
        true => Ok(()),
        false => to.note(format!("warning: columns that are not imported: {}", unknown.join(", "))).await,
    }
}

/// Reads and checks in a thread of its own, a few batches ahead.
fn read_ahead(opened: Opened, zone: TimeZone, now: Timestamp) -> mpsc::Receiver<Result<Batch>> {
    let (send, batches) = mpsc::channel(BATCHES);
    tokio::task::spawn_blocking(move || {
        let Opened { columns, mut source, .. } = opened;
        let check = Check { columns: &columns, zone: &zone, now };
        loop {
            let batch = next_batch(&mut source, &check);
            let is_last = batch.as_ref().map_or(true, Option::is_none);
            let sent = batch.transpose().is_none_or(|batch| send.blocking_send(batch).is_ok());
            if is_last || !sent {
                return;
            }
        }
    });
    batches
}

fn next_batch(source: &mut super::file::Source, check: &Check<'_>) -> Result<Option<Batch>> {
    let mut batch = Batch { good: Vec::new(), bad: Vec::new(), read: 0 };
    while batch.good.len() + batch.bad.len() < BATCH_ROWS {
        let Some(row) = source.next()? else { break };
        batch.read = row.read;
        match Message::of(&row, check) {
            Ok(message) => batch.good.push((row, message)),
            Err(reason) => batch.bad.push((row, reason)),
        }
    }
    let is_empty = batch.good.is_empty() && batch.bad.is_empty();
    Ok((!is_empty).then_some(batch))
}

/// The whole file is read first, and refused if one row can't go in.
async fn refuse_if_bad(job: &Arc<Job>, app: &App) -> Result<()> {
    let (job, zone, now) = (Arc::clone(job), app.policy().zone.clone(), app.clock().now());
    let looking = tokio::task::spawn_blocking(move || -> Result<(u64, Option<PathBuf>)> {
        let Opened { columns, mut source, .. } = Opened::open(&job.file)?;
        let mut rejects = Rejects::new(&job.file, &job.here, &columns.header);
        let check = Check { columns: &columns, zone: &zone, now };
        while let Some(row) = source.next()? {
            if let Err(reason) = Message::of(&row, &check) {
                rejects.add(&row, &reason)?;
            }
        }
        Ok((rejects.count, rejects.finish()?))
    });
    match looking.await.context("read the file")?? {
        (0, _) => Ok(()),
        (count, file) => {
            let file = file.unwrap_or_default();
            let message = format!("{count} rows can't be imported; nothing was");
            let mend = format!("See {}, mend them, or leave out --strict.", file.display());
            Err(Failure::new(Code::ImportRefused, message, mend).into())
        }
    }
}

/// What became of a batch.
#[derive(Default)]
struct Filed {
    read: u64,
    added: u64,
    known: u64,
    rejected: Vec<(Row, String)>,
    /// The log could not take any more.
    stopped: Option<Refusal>,
    reached: u64,
}

async fn file_batch(app: &App, community: &CommunityId, batch: Result<Batch>) -> Result<Filed> {
    let Batch { good, bad, read: reached } = batch?;
    let read = (good.len() + bad.len()) as u64;
    let mut filed = Filed { read, rejected: bad, reached, ..Filed::default() };
    let by = Caller::system();
    let mut waiting = good;
    for tries in 0.. {
        let rows = waiting.iter().map(|(_, message)| import_row(community, message)).collect();
        let answers = app.import(&by, rows).await;
        let mut again = Vec::new();
        for ((row, message), answer) in waiting.into_iter().zip(answers) {
            match answer {
                Ok(Imported::New(_)) => filed.added += 1,
                Ok(Imported::Known) => filed.known += 1,
                Err(Refusal::Overloaded | Refusal::Contended) if tries < TRIES_MAX => again.push((row, message)),
                Err(refusal @ (Refusal::Invalid(_) | Refusal::Rejected { .. })) => {
                    filed.rejected.push((row, refusal.to_string()));
                }
                Err(refusal) => filed.stopped = Some(refusal),
            }
        }
        if again.is_empty() || filed.stopped.is_some() {
            break;
        }
        waiting = again;
        tokio::time::sleep(BETWEEN_TRIES).await;
    }
    filed.rejected.sort_by_key(|(row, _)| row.line);
    Ok(filed)
}

fn import_row(community: &CommunityId, message: &Message) -> ImportRow {
    let Message { id, user, subject, body, submitted, category, likes, against, reply } = message.clone();
    ImportRow {
        community: community.to_string(),
        external_id: id,
        user: user.unwrap_or_default(),
        subject: subject.unwrap_or_default(),
        body,
        submitted_at: submitted,
        category: category.map(|category| category.to_string()),
        likes,
        against,
        reply,
    }
}

fn stopped_early(summary: &Summary, refusal: &Refusal) -> anyhow::Error {
    let message = format!("the import stopped after {} rows: {refusal}", summary.added + summary.known);
    let mend = "What went in stays. When that is mended run the same import again: it goes on where it stopped.";
    Failure::new(Code::Refused, message, mend).into()
}
