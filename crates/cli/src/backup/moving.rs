//! A whole log from one store into another, with the few things that differ there.

use anyhow::{Context, Result};
use sandan_log::{GenerationMark, Head, KeptRow, LogError, Movable, Part};
use tokio::sync::mpsc;

use crate::wiring::key;

/// Parts on their way. A slow side holds up the other.
const PARTS_MAX: usize = 4;

/// What the new log has that the old one has not.
#[derive(Default)]
pub struct Additions {
    pub rows: Vec<KeptRow>,
    /// History goes on in it.
    pub generation: Option<GenerationMark>,
}

/// Moves everything into the empty log `to`, but for the master key's row: where that is kept is not the log's
/// own affair. Tells the positions that went by. Answers where the old log stood.
pub async fn move_log(
    from: &dyn Movable,
    to: &dyn Movable,
    additions: Additions,
    tell: impl Fn(u64) + Send + Sync,
) -> Result<Head> {
    let (pour, poured) = mpsc::channel(PARTS_MAX);
    let (fill, filled) = mpsc::channel(PARTS_MAX);
    let (pouring, (), filling) = tokio::join!(from.pour(pour), change(poured, fill, additions, tell), to.fill(filled));
    // Whichever failed first closed the channel to the other.
    match (pouring, filling) {
        (Ok(head), Ok(())) => Ok(head),
        (Err(error), Ok(()) | Err(LogError::Closed)) => Err(error).context("read the log"),
        (Err(error), Err(_)) if error != LogError::Closed => Err(error).context("read the log"),
        (_, Err(error)) => Err(error).context("write the log"),
    }
}

async fn change(mut poured: mpsc::Receiver<Part>, fill: mpsc::Sender<Part>, additions: Additions, tell: impl Fn(u64)) {
    let Additions { rows, generation } = additions;
    let mut rows = Some(rows);
    while let Some(mut part) = poured.recv().await {
        let mut before = None;
        match &mut part {
            Part::Generations(marks) => marks.extend(generation.clone()),
            Part::Records(records) => tell(records.last().map_or(0, |record| record.position)),
            Part::Rows(rows) => rows.retain(|row| row.space != key::SPACE),
            Part::End(_) => before = rows.take().map(Part::Rows),
            Part::Commands(_) | Part::Timers(_) => {}
        }
        for part in before.into_iter().chain([part]) {
            if fill.send(part).await.is_err() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use sandan_log::{Log, SqliteLog, SqliteOptions};

    use super::*;

    async fn log(folder: &std::path::Path, name: &str) -> SqliteLog {
        SqliteLog::open(folder.join(name), SqliteOptions::default()).await.unwrap()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_moved_log_has_another_key_s_place_and_perhaps_another_generation() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (log(folder.path(), "from").await, log(folder.path(), "to").await);
        key::claim(&from, &[1; 32]).await.unwrap();
        let row = KeptRow { space: "else".to_owned(), key: Bytes::from_static(b"k"), value: Bytes::from_static(b"v") };
        let generation =
            GenerationMark { number: 2, after: 0, begun: Some(jiff::Timestamp::UNIX_EPOCH), why: "a test".to_owned() };
        let additions = Additions { rows: vec![row], generation: Some(generation) };
        move_log(&from, &to, additions, |_| {}).await.unwrap();
        assert_eq!(key::row(&to).await.unwrap(), None);
        assert_eq!(to.row("else", b"k").await.unwrap().as_deref(), Some(&b"v"[..]));
        assert_eq!(to.head().await.unwrap().generation, 2);
        let error = move_log(&from, &to, Additions::default(), |_| {}).await.unwrap_err();
        assert!(format!("{error:#}").contains("not empty"), "{error:#}");
    }
}
