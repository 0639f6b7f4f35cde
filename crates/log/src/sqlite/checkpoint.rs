//! Moving the write-ahead log into the file without holding up the writer.
//!
//! SQLite would do it inside a commit every thousand pages, and that commit's callers would wait for it.
//! Here a thread of its own does it while the writer goes on. The writer only helps with the last step: only
//! with nobody writing can the write-ahead log begin again from its start, else it would grow for ever.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, OpenFlags};

use super::file;
use crate::LogError;

/// Pages (4 KiB) written before the thread is woken: 16 MiB.
const STEP_PAGES: u32 = 4_096;
/// Pages from which on the write-ahead log begins again from its start: 64 MiB.
const RESTART_PAGES: u32 = 16_384;
/// Pages from which on its file is cut as well: 256 MiB. A shorter one is kept, since writing over it is
/// faster than growing it.
const CUT_PAGES: u32 = 65_536;
/// Pages that the writer may have to move itself before a new start.
const REST_PAGES: u32 = 512;

/// The writer's side.
pub(super) struct Checkpoints {
    /// Pages in the write-ahead log after the last commit.
    pages: Arc<AtomicU32>,
    /// `pages` when the thread was woken last.
    woken_at: u32,
    /// The thread has moved nearly everything: the writer may finish.
    restart: Arc<AtomicBool>,
    thread: Option<(SyncSender<()>, JoinHandle<()>)>,
}

impl Checkpoints {
    pub fn start(connection: &mut Connection, path: &Path) -> Result<Self, LogError> {
        let pages = count_pages(connection)?;
        let restart = Arc::new(AtomicBool::new(false));
        let own = Connection::open_with_flags(path, file::flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
        let (wake, woken) = sync_channel(1);
        let thread = thread::Builder::new().name("log-checkpoint".to_owned());
        let flag = restart.clone();
        let thread = thread.spawn(move || work(&own, &woken, &flag));
        let thread = thread.map_err(|error| LogError::Storage(error.to_string()))?;
        Ok(Self { pages, woken_at: 0, restart, thread: Some((wake, thread)) })
    }

    /// Called between two batches.
    pub fn after_commit(&mut self, connection: &Connection) {
        let pages = self.pages.load(Ordering::Relaxed);
        if self.restart.swap(false, Ordering::Relaxed) {
            restart(connection, pages);
        }
        if pages < self.woken_at {
            self.woken_at = 0;
        }
        if pages - self.woken_at >= STEP_PAGES {
            self.woken_at = pages;
            // A full channel: it is awake already.
            self.thread.as_ref().map(|(wake, _)| wake.try_send(()));
        }
    }

    /// Ends the thread and leaves an empty write-ahead log.
    pub fn finish(&mut self, connection: &Connection) {
        if let Some((wake, thread)) = self.thread.take() {
            drop(wake);
            _ = thread.join();
        }
        checkpoint(connection, "TRUNCATE");
    }
}

/// Installing a hook also switches SQLite's own checkpoints off.
fn count_pages(connection: &mut Connection) -> Result<Arc<AtomicU32>, LogError> {
    let pages = Arc::new(AtomicU32::new(0));
    let counted = pages.clone();
    connection.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, count| {
        counted.store(u32::try_from(count).unwrap_or(0), Ordering::Relaxed);
        Ok(())
    }))?;
    Ok(pages)
}

fn work(connection: &Connection, woken: &Receiver<()>, restart: &AtomicBool) {
    while woken.recv().is_ok() {
        let Some((mut total, mut moved)) = checkpoint(connection, "PASSIVE") else { continue };
        if total < RESTART_PAGES {
            continue;
        }
        // The writer went on meanwhile. Each round has less to move than the one before.
        for _ in 0..3 {
            if total - moved > REST_PAGES {
                (total, moved) = checkpoint(connection, "PASSIVE").unwrap_or((total, moved));
            }
        }
        restart.store(true, Ordering::Relaxed);
    }
}

/// Does not wait for readers: with one in the way the next call tries again.
fn restart(connection: &Connection, pages: u32) {
    let mode = if pages < CUT_PAGES { "RESTART" } else { "TRUNCATE" };
    file::without_waiting(connection, |connection| checkpoint(connection, mode));
}

/// Pages in the write-ahead log, and how many of them are in the file too.
fn checkpoint(connection: &Connection, mode: &str) -> Option<(u32, u32)> {
    let sql = format!("PRAGMA wal_checkpoint({mode})");
    let done = connection.query_row(&sql, [], |row| Ok((row.get(1)?, row.get(2)?)));
    done.inspect_err(|error| tracing::warn!(%error, mode, "failed to checkpoint the log")).ok()
}
