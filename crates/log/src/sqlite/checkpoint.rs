//! Moving the write-ahead log into the file without holding up the writer.
//!
//! SQLite would do it inside a commit every thousand pages, and that commit's callers would wait for it.
//! Here a thread of its own does it while the writer goes on. The writer only helps with the last step: only
//! with nobody writing can the write-ahead log begin again from its start, else it would grow for ever.
//! SQLite syncs the file in that last step alone, so the thread syncs it before: else the writer would wait
//! for all that was moved.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use rusqlite::{Connection, OpenFlags};

use super::file::{self, Held};
use crate::LogError;

/// Pages (4 KiB) written before the thread is woken: 16 MiB.
const STEP_PAGES: u32 = 4_096;
/// Pages from which on the write-ahead log begins again from its start: 64 MiB.
const RESTART_PAGES: u32 = 16_384;
/// Pages from which on its file is cut as well: 256 MiB. A shorter one is kept, since writing over it is
/// faster than growing it.
const CUT_PAGES: u32 = 65_536;
/// Pages that the writer may have to move itself before a new start.
const REST_PAGES: u32 = 256;
/// Rounds after which the writer does it with more, since it writes faster than the thread moves.
const ROUNDS_MAX: usize = 4;

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
    pub fn start(connection: &mut Connection, path: &Path, held: Arc<Held>) -> Result<Self, LogError> {
        let pages = count_pages(connection)?;
        let restart = Arc::new(AtomicBool::new(false));
        let own = Connection::open_with_flags(path, file::flags(OpenFlags::SQLITE_OPEN_READ_WRITE))?;
        let (wake, woken) = sync_channel(1);
        let thread = thread::Builder::new().name("log-checkpoint".to_owned());
        let flag = restart.clone();
        let thread = thread.spawn(move || work(&own, &held.file, &woken, &flag));
        let thread = thread.map_err(|error| LogError::Storage(error.to_string()))?;
        Ok(Self { pages, woken_at: 0, restart, thread: Some((wake, thread)) })
    }

    /// Called between two batches.
    pub fn after_commit(&mut self, connection: &Connection) {
        let pages = self.pages.load(Ordering::Relaxed);
        if pages < self.woken_at {
            self.woken_at = 0;
        }
        let due = pages - self.woken_at >= STEP_PAGES;
        // Beyond the last bound the thread can't keep up, and who writes has to wait for once.
        if self.restart.swap(false, Ordering::Relaxed) || (due && pages >= CUT_PAGES) {
            restart(connection, pages);
        }
        if due {
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

fn work(connection: &Connection, file: &File, woken: &Receiver<()>, restart: &AtomicBool) {
    while woken.recv().is_ok() {
        let mut pages = move_pages(connection, file);
        if pages < RESTART_PAGES {
            continue;
        }
        // The writer went on meanwhile. Each round has less to move than the one before.
        for _ in 0..ROUNDS_MAX {
            let before = std::mem::replace(&mut pages, move_pages(connection, file));
            if pages.saturating_sub(before) <= REST_PAGES {
                break;
            }
        }
        restart.store(true, Ordering::Relaxed);
    }
}

/// Pages in the write-ahead log when it began.
fn move_pages(connection: &Connection, file: &File) -> u32 {
    let pages = checkpoint(connection, "PASSIVE");
    if let Err(error) = file.sync_data() {
        // Nothing relies on it: the last step syncs again, and fails if that fails.
        tracing::warn!(%error, "failed to sync the log");
    }
    pages.unwrap_or(0)
}

/// Does not wait for readers: with one in the way the next call tries again.
fn restart(connection: &Connection, pages: u32) {
    let mode = if pages < CUT_PAGES { "RESTART" } else { "TRUNCATE" };
    file::without_waiting(connection, |connection| checkpoint(connection, mode));
}

/// Pages in the write-ahead log, if it could be asked.
fn checkpoint(connection: &Connection, mode: &str) -> Option<u32> {
    let sql = format!("PRAGMA wal_checkpoint({mode})");
    let done = connection.query_row(&sql, [], |row| row.get(1));
    done.inspect_err(|error| tracing::warn!(%error, mode, "failed to checkpoint the log")).ok()
}
