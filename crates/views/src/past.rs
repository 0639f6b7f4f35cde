//! Read models as they stood at a recorded time: the log folded up to there, into files of their own.
//!
//! There is one way to make a row of an event, and so the past is answered by the very code that answers the present.
//! Folding takes its time (tens of thousands of events a second), so the last few are kept.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;
use sandan_log::{Log, Position};
use tempfile::TempDir;
use tokio::sync::Mutex;

use crate::ViewsError;
use crate::feed::Parts;
use crate::fold::Fault;
use crate::views::{Answer, Views};

/// Pasts that are kept.
const KEPT_MAX: usize = 4;
/// Their folders' names begin so.
const PREFIX: &str = "past-";

/// The pasts that were asked for lately, the newest asked last.
#[derive(Default)]
pub(crate) struct Pasts(Mutex<VecDeque<Past>>);

struct Past {
    at: Timestamp,
    generation: u32,
    views: Views,
    /// Goes when this does.
    _folder: TempDir,
}

impl Views {
    /// The read models with all that was recorded up to and at `at`, their clock standing there. The present ones for a time that
    /// is not over.
    ///
    /// Full text is not in them: `Filter::q` finds nothing.
    pub async fn as_of(&self, at: Timestamp) -> Answer<Self> {
        if at >= self.now() {
            return Ok(self.clone());
        }
        let generation = self.0.parts.log.generation();
        // One is made at a time: whoever asks for the same waits for it.
        let mut kept = self.0.pasts.0.lock().await;
        kept.retain(|past| past.generation == generation);
        if let Some(place) = kept.iter().position(|past| past.at == at) {
            let Some(past) = kept.remove(place) else { return Err(ViewsError::Closed) };
            let views = past.views.clone();
            kept.push_back(past);
            return Ok(views);
        }
        let past = self.fold_up_to(at, generation).await?;
        let views = past.views.clone();
        if kept.len() == KEPT_MAX {
            kept.pop_front();
        }
        kept.push_back(past);
        Ok(views)
    }

    async fn fold_up_to(&self, at: Timestamp, generation: u32) -> Answer<Past> {
        let parts = &self.0.parts;
        let upto = last_recorded(&*parts.log, at).await?;
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(&parts.folder);
        let folder = folder.map_err(|error| ViewsError::Storage(format!("make a folder for the past: {error}")))?;
        let views =
            Self::open(Parts { folder: folder.path().to_owned(), clock: Arc::new(move || at), ..parts.clone() });
        let views = Box::pin(views).await?;
        views.0.main.fill(upto).await.map_err(|fault| match fault {
            Fault::Poison { position, reason } => ViewsError::Poisoned { position, reason },
            Fault::Error(error) => error,
        })?;
        Ok(Past { at, generation, views, _folder: folder })
    }
}

/// The last position that was recorded up to and at `at`; times of recording never go back.
async fn last_recorded(log: &dyn Log, at: Timestamp) -> Answer<Position> {
    let (mut before, mut after) = (0, log.head().await?.position + 1);
    while after - before > 1 {
        let middle = before + (after - before) / 2;
        let records = log.read(middle - 1, 1).await?;
        match records.first() {
            Some(record) if record.recorded <= at => before = middle,
            _ => after = middle,
        }
    }
    Ok(before)
}

/// Removes what a program that was killed left behind.
pub(crate) fn sweep(folder: &std::path::Path) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX)) {
        if let Err(error) = std::fs::remove_dir_all(entry.path()) {
            tracing::warn!(path = %entry.path().display(), %error, "a folder of the past can't be removed");
        }
    }
}
