//! How long a job is without a node: from the moment that its holder is hurt to the next holder, as the database has it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use sandan_log::Log;
use serde::Serialize;
use tokio::task::JoinHandle;

/// How often the leases are looked at: by so much a figure can be too large.
const LOOK: Duration = Duration::from_millis(100);

/// A job that moved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Move {
    pub job: String,
    pub from: String,
    /// What had happened to the node: `killed`, `paused`, …
    pub because: &'static str,
    pub after_seconds: f64,
}

#[derive(Default)]
struct Book {
    /// Who has which job, as it was seen last.
    holders: BTreeMap<String, String>,
    /// Jobs whose holder was hurt: who that was, why, and when.
    lost: BTreeMap<String, (String, &'static str, Instant)>,
    moves: Vec<Move>,
}

/// Looks at the leases until it is dropped.
pub struct Leases {
    book: Arc<Mutex<Book>>,
    looking: JoinHandle<()>,
}

impl Leases {
    pub fn watch(log: Arc<dyn Log>) -> Self {
        let book = Arc::new(Mutex::new(Book::default()));
        let looking = tokio::spawn(look(log, book.clone()));
        Self { book, looking }
    }

    /// Something happens to this node now: its jobs are to move.
    pub fn lost(&self, node: &str, because: &'static str) {
        let mut book = guard(&self.book);
        let of_node = |holder: &str| holder.strip_prefix(node).is_some_and(|rest| rest.starts_with('/'));
        let held: Vec<_> = book.holders.iter().filter(|(_, holder)| of_node(holder)).collect();
        let held: Vec<_> = held.into_iter().map(|(job, holder)| (job.clone(), holder.clone())).collect();
        let now = Instant::now();
        book.lost.extend(held.into_iter().map(|(job, holder)| (job, (holder, because, now))));
    }

    /// The number of the node that has a job, as it was seen last.
    pub fn holder(&self, job: &str) -> Option<u8> {
        let book = guard(&self.book);
        book.holders.get(job)?.split('/').next()?.strip_prefix("node-")?.parse().ok()
    }

    pub fn moves(&self) -> Vec<Move> {
        guard(&self.book).moves.clone()
    }

    /// Jobs that nobody has taken over yet.
    pub fn waiting(&self) -> Vec<String> {
        guard(&self.book).lost.keys().cloned().collect()
    }
}

impl Drop for Leases {
    fn drop(&mut self) {
        self.looking.abort();
    }
}

async fn look(log: Arc<dyn Log>, book: Arc<Mutex<Book>>) {
    loop {
        // While the database is away there is nothing to see.
        if let Ok(leases) = log.leases().await {
            let mut book = guard(&book);
            book.holders = leases.into_iter().map(|lease| (lease.job, lease.holder)).collect();
            book.settle();
        }
        tokio::time::sleep(LOOK).await;
    }
}

impl Book {
    fn settle(&mut self) {
        let Self { holders, lost, moves } = self;
        lost.retain(|job, (from, because, since)| {
            let stays = holders.get(job).is_none_or(|holder| holder == from);
            if !stays {
                let (job, from, because) = (job.clone(), from.clone(), *because);
                let from = from.split('/').next().unwrap_or_default().to_owned();
                moves.push(Move { job, from, because, after_seconds: since.elapsed().as_secs_f64() });
            }
            stays
        });
    }
}

fn guard(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Median and longest of some figures.
pub fn median_and_longest(mut seconds: Vec<f64>) -> Option<(f64, f64)> {
    seconds.sort_by(f64::total_cmp);
    Some((*seconds.get(seconds.len() / 2)?, *seconds.last()?))
}
