//! The one thread that writes. While one batch commits the next one gathers in the queue: under load many
//! callers share one fsync, and a single caller never waits for a timer.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, TransactionBehavior};
use tokio::sync::mpsc;

use super::checkpoint::Checkpoints;
use super::file::{self, Held};
use super::jobs;
use super::options::SqliteOptions;
use super::queue::{Job, Request};
use super::settle::Batch;
use super::state::{Published, State};
use super::transfer;
use crate::clock::{Clock, not_before, whole_micros};
use crate::lease::Leases;
use crate::{AppendError, Appended, GenerationMark, Lease, LogError, Part, trace};

/// Appends in one transaction. More would make the first of them wait too long.
const BATCH_APPENDS_MAX: usize = 1_024;

pub(super) struct Writer {
    connection: Connection,
    state: State,
    leases: Leases,
    /// Something failed and the file could not be read again yet.
    stale: bool,
    clock: Clock,
    published: Arc<Published>,
    checkpoints: Checkpoints,
    /// Let go of after the connection is closed, so it stands last.
    _held: Arc<Held>,
}

impl Writer {
    pub fn open(path: &Path, options: &SqliteOptions) -> Result<(Self, Arc<Published>), LogError> {
        let (mut connection, held) = file::open(path)?;
        let state = State::load(&connection)?;
        let leases = jobs::load(&connection)?;
        let published = Arc::new(Published::new(state.stat()));
        let checkpoints = Checkpoints::start(&mut connection, path, held.clone())?;
        let writer = Self {
            connection,
            state,
            leases,
            stale: false,
            clock: options.clock.clone(),
            published: published.clone(),
            checkpoints,
            _held: held,
        };
        Ok((writer, published))
    }

    /// Works until the queue is closed and empty.
    pub fn run(mut self, mut queue: mpsc::Receiver<Job>) {
        let mut jobs = Vec::with_capacity(BATCH_APPENDS_MAX);
        while queue.blocking_recv_many(&mut jobs, BATCH_APPENDS_MAX) > 0 {
            let (mut batch, mut tasks) = (Vec::with_capacity(jobs.len()), Vec::new());
            for job in jobs.drain(..) {
                match job {
                    Job::Append(request) => batch.push(*request),
                    Job::Do(task) => tasks.push(task),
                }
            }
            self.commit(batch);
            tasks.into_iter().for_each(|task| task(&mut self));
            self.checkpoints.after_commit(&self.connection);
        }
        self.checkpoints.finish(&self.connection);
    }

    fn commit(&mut self, batch: Vec<Request>) {
        if batch.is_empty() {
            return;
        }
        let span = trace::of_batch(batch.iter().map(|request| &request.span));
        match span.in_scope(|| self.attempt(&batch)) {
            Ok(answers) => {
                self.published.publish(self.state.stat());
                batch.into_iter().zip(answers).for_each(|(request, answer)| reply(request, answer));
            }
            Err(error) => self.fail(batch, error),
        }
    }

    /// All of the batch in one transaction. An error means that nothing of it was written.
    fn attempt(&mut self, batch: &[Request]) -> Result<Vec<Result<Appended, AppendError>>, LogError> {
        self.refresh()?;
        let recorded = not_before(self.state.recorded, (self.clock)());
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut settling = Batch::new(&transaction, &mut self.state, &self.leases, recorded);
        let mut answers = Vec::with_capacity(batch.len());
        for request in batch {
            match settling.settle(&request.prepared) {
                Err(AppendError::Log(error)) => return Err(error),
                answer => {
                    // A refusal holds at once, for those behind it in this very batch.
                    if answer.is_err() {
                        request.prepared.append.fate.settle(&answer);
                    }
                    answers.push(answer);
                }
            }
        }
        transaction.commit()?;
        Ok(answers)
    }

    /// The transaction is rolled back by now, so the caches may be ahead of the file.
    fn fail(&mut self, batch: Vec<Request>, error: LogError) {
        self.stale = true;
        let alone = batch.len() == 1 || error == LogError::DiskFull;
        tracing::warn!(%error, appends = batch.len(), "failed to write a batch");
        for request in batch {
            // What spoils a batch may be one append alone: the others get their own try.
            match alone {
                true => reply(request, Err(error.clone().into())),
                false => self.commit(vec![request]),
            }
        }
    }

    /// Brings the caches back to what the file says.
    fn refresh(&mut self) -> Result<(), LogError> {
        if self.stale {
            // A rollback that failed itself would bar every transaction to come.
            if !self.connection.is_autocommit() {
                self.connection.execute_batch("ROLLBACK")?;
            }
            self.state = State::load(&self.connection)?;
            self.stale = false;
        }
        Ok(())
    }

    /// Takes or renews a lease. Only a new number is written: an idle node leaves the disk alone.
    pub fn lease(&mut self, job: &str, holder: &str, ttl: Duration) -> Result<Option<Lease>, LogError> {
        self.refresh()?;
        let offer = self.leases.offer(job, holder, ttl, self.state.head.generation);
        if let Some(lease) = offer.as_ref() {
            if lease.fence != self.leases.number(job) {
                jobs::write(&self.connection, lease)?;
            }
            self.leases.keep(lease.clone());
        }
        Ok(offer)
    }

    pub fn release(&mut self, lease: &Lease) -> Result<(), LogError> {
        self.leases.release(lease);
        Ok(())
    }

    pub fn leases(&self) -> Vec<Lease> {
        self.leases.alive()
    }

    pub fn fork(&mut self, why: &str) -> Result<GenerationMark, LogError> {
        self.refresh()?;
        let head = self.state.head;
        let begun = Some(whole_micros(Timestamp::now()));
        let mark = GenerationMark { number: head.generation + 1, after: head.position, begun, why: why.to_owned() };
        jobs::begin(&self.connection, &mark)?;
        self.leases.lapse();
        self.state.head.generation = mark.number;
        self.published.publish(self.state.stat());
        Ok(mark)
    }

    /// Takes a whole log in; see [`transfer`].
    pub fn fill(&mut self, from: &mut mpsc::Receiver<Part>) -> Result<(), LogError> {
        self.refresh()?;
        self.stale = true;
        let filled = transfer::fill(&mut self.connection, from);
        self.refresh()?;
        self.published.publish(self.state.stat());
        filled
    }

    pub fn limit_pages(&mut self, pages: u32) -> Result<(), LogError> {
        Ok(self.connection.pragma_update(None, "max_page_count", pages)?)
    }
}

/// Who asked may have gone away: then nobody needs the answer.
fn reply(request: Request, answer: Result<Appended, AppendError>) {
    request.prepared.append.fate.settle(&answer);
    _ = request.answer.send(answer);
}
