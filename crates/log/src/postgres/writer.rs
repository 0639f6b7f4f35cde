//! The one task of a node that appends. While one batch commits the next one gathers in the queue: under load many
//! callers share one commit, and a single caller never waits for a timer.
//!
//! When the connection breaks in the middle of a commit, nobody knows whether it happened. The batch is then sent
//! again on a new connection: every command of it that was accepted is answered as a repeat, and a server that
//! still works on the first one is waited for, since it has the lock.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, sleep, timeout, timeout_at};
use tokio_postgres::{Client, Statement};
use tracing::Instrument;

use super::address::Address;
use super::answers::{self, answer};
use super::call::{self, Times};
use super::gather::{BATCH_APPENDS_MAX, Batch};
use super::linger::Linger;
use super::options::PostgresOptions;
use super::queue::Request;
use super::seen::Seen;
use super::{connect, fault, read};
use crate::{LogError, fate, trace};

/// A batch that takes longer is asked for again, on another connection.
const ANSWER: Duration = Duration::from_secs(30);
/// Between two tries to connect: so long first, twice as long each time …
const RETRY_FIRST: Duration = Duration::from_millis(20);
/// … up to this.
const RETRY_LAST: Duration = Duration::from_millis(500);

pub(super) struct Writer {
    address: Arc<Address>,
    options: PostgresOptions,
    seen: Arc<Seen>,
    line: Option<Line>,
    /// Since when the database is away.
    away: Option<Instant>,
    linger: Linger,
    waiting: VecDeque<Request>,
}

/// A connection with the call prepared.
struct Line {
    client: Client,
    statement: Statement,
}

impl Writer {
    /// Goes on with the connection that the log was opened with.
    pub async fn new(
        address: Arc<Address>,
        options: PostgresOptions,
        seen: Arc<Seen>,
        client: Client,
    ) -> Result<Self, LogError> {
        let line = Some(Line { statement: call::prepare(&client).await?, client });
        let (linger, waiting) = (Linger::default(), VecDeque::new());
        Ok(Self { address, options, seen, line, away: None, linger, waiting })
    }

    /// Works until the queue is closed and empty.
    pub async fn run(mut self, mut queue: Receiver<Request>) {
        loop {
            if self.waiting.is_empty() {
                match queue.recv().await {
                    Some(request) => self.waiting.push_back(request),
                    None => return,
                }
            }
            self.fill(&mut queue).await;
            let batch = Batch::gather(&mut self.waiting);
            if batch.requests.is_empty() {
                continue;
            }
            metrics::histogram!("sandan_log_batch_appends").record(batch.requests.len() as f64);
            let size = batch.requests.len();
            let took = self.commit(batch).await;
            let arrived = queue.len() + self.waiting.len();
            metrics::gauge!("sandan_log_queue_appends").set(arrived as f64);
            if let Some(took) = took {
                self.linger.learn(size, arrived, took);
            }
        }
    }

    /// Takes what has come, and waits for a moment where that is worth it.
    async fn fill(&mut self, queue: &mut Receiver<Request>) {
        let begun = Instant::now();
        while self.waiting.len() < BATCH_APPENDS_MAX {
            if let Ok(request) = queue.try_recv() {
                self.waiting.push_back(request);
                continue;
            }
            let Some((_, pause)) = self.linger.wait(self.waiting.len()) else { return };
            match timeout_at(begun + pause, queue.recv()).await {
                Ok(Some(request)) => self.waiting.push_back(request),
                Ok(None) | Err(_) => return,
            }
        }
    }

    /// Answers everybody in the batch, or puts them back. How long the commit itself took, if there was one.
    async fn commit(&mut self, batch: Batch) -> Option<Duration> {
        let (batch, error) = match self.attempt(batch).await {
            Ok(took) => return Some(took),
            Err(refused) => refused,
        };
        tracing::warn!(%error, appends = batch.requests.len(), "failed to write a batch");
        let all = batch.requests.len() == 1 || error == LogError::DiskFull || fault::is_away(&error);
        for request in batch.requests {
            if let Err(refusal) = fate::check(&request.prepared.append) {
                request.reply(Err(refusal));
                continue;
            }
            // What spoils a batch may be one append alone: the others get their own try.
            let refused = match all {
                true => Err((Batch::alone(request), error.clone())),
                false => self.attempt(Batch::alone(request)).await,
            };
            if let Err((alone, error)) = refused {
                alone.requests.into_iter().for_each(|request| request.reply(Err(error.clone().into())));
            }
        }
        None
    }

    /// All of the batch in one transaction, again and again while the database is away. An error means that
    /// nothing of it is known to be written.
    async fn attempt(&mut self, batch: Batch) -> Result<Duration, (Batch, LogError)> {
        let mut pause = RETRY_FIRST;
        let span = trace::of_batch(batch.requests.iter().map(|request| &request.span));
        loop {
            match self.send(&batch).instrument(span.clone()).await {
                Ok((outcome, known)) => {
                    self.away = None;
                    measure(&outcome.times);
                    let took = outcome.times.commit();
                    let (head, answers) = answer(batch, outcome, &known, &mut self.waiting);
                    self.seen.publish(head);
                    answers.into_iter().for_each(|(request, answer)| request.reply(answer));
                    return Ok(took);
                }
                Err(error) if fault::is_away(&error) => {
                    self.line = None;
                    let since = *self.away.get_or_insert_with(Instant::now);
                    if since.elapsed() + pause > self.options.patience {
                        return Err((batch, error));
                    }
                    tracing::warn!(%error, "the database is away; trying again");
                    metrics::counter!("sandan_log_reconnects_total").increment(1);
                    sleep(pause).await;
                    pause = (pause * 2).min(RETRY_LAST);
                }
                Err(error) => return Err((batch, error)),
            }
        }
    }

    async fn send(&mut self, batch: &Batch) -> Result<(call::Outcome, answers::Commands), LogError> {
        let line = match self.line.take() {
            Some(line) => line,
            None => self.connect().await?,
        };
        let asking = async {
            let outcome = call::append(&line.client, &line.statement, batch, (self.options.clock)()).await?;
            let known = answers::known(&line.client, batch, &outcome).await?;
            Ok::<_, LogError>((outcome, known))
        };
        let answer = timeout(ANSWER, asking).await;
        let answer = answer.unwrap_or_else(|_| Err(LogError::Unreachable("no answer to a batch".to_owned())));
        if !answer.as_ref().is_err_and(fault::is_away) {
            self.line = Some(line);
        }
        answer
    }

    /// A new connection may lead to a server with another history.
    async fn connect(&self) -> Result<Line, LogError> {
        let client = connect::connect(&self.address).await?;
        self.seen.publish(read::enter(&client).await?);
        let statement = call::prepare(&client).await?;
        Ok(Line { client, statement })
    }
}

fn measure(times: &Times) {
    metrics::histogram!("sandan_log_lock_wait_seconds").record(times.waited.as_secs_f64());
    metrics::histogram!("sandan_log_work_seconds").record(times.worked.as_secs_f64());
    metrics::histogram!("sandan_log_commit_seconds").record(times.commit().as_secs_f64());
}
