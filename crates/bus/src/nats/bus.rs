//! The bus over NATS: the live events from the servers, everything else from the log.
//!
//! A subscriber takes what the relay publishes from the subject itself, as it passes by: that is the shortest way, keeps
//! nothing at the servers, and a consumer that isn't there can't stall. What a message says is taken only if it goes on
//! exactly where the subscriber stands: position, generation, and the hash over the record before it. Whatever is
//! missing, late, doubled or different is read from the log instead. With NATS down that is everything.

use std::sync::Arc;
use std::time::Duration;

use async_nats::{Message, Subscriber};
use futures::{FutureExt, StreamExt, stream};
use sandan_log::{Header, Log, Position, Record, digest, link};
use tokio::sync::watch;
use tokio::time::timeout;

use super::Connection;
use super::message::{SUBJECTS, decode};
use crate::local::{BATCH_RECORDS_MAX, Look, Reader};
use crate::{Batch, Bus, Subscription};

/// How long a message may take after the log has announced its record; then the log is read.
const LATE: Duration = Duration::from_millis(25);
/// So far behind the log is read at once: its pages are larger than what comes in live.
const FAR_BEHIND: Position = 256;

/// Subscriptions that hear live events from NATS. Cheap to clone.
#[derive(Clone)]
pub struct NatsBus {
    log: Arc<dyn Log>,
    connection: Connection,
    closed: Arc<watch::Sender<bool>>,
}

impl NatsBus {
    pub fn new(log: Arc<dyn Log>, connection: Connection) -> Self {
        Self { log, connection, closed: Arc::new(watch::Sender::new(false)) }
    }

    /// Ends all subscriptions, present and future, where they stand.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }
}

impl Bus for NatsBus {
    fn subscribe(&self, after: Position) -> Subscription {
        let reader = Reader::new(Arc::clone(&self.log), self.closed.subscribe(), after);
        let listener = Listener { reader, connection: self.connection.clone(), live: None, last: None };
        Subscription::new(stream::unfold(listener, |mut listener| async {
            let batch = listener.next_or_closed().await?;
            Some((batch, listener))
        }))
    }
}

/// One subscriber, somewhere between the log and the servers.
struct Listener {
    reader: Reader,
    connection: Connection,
    live: Option<Subscriber>,
    /// The last record that was handed out: what the next message must go on from.
    last: Option<Record>,
}

/// What ended a wait.
enum Waited {
    Live(Vec<Record>),
    /// The log has more than came in live, or may have.
    Log,
    /// Nothing came for a while.
    Idle,
}

/// What a message is to a subscriber.
enum Heard {
    /// The very next record.
    Next(Box<Record>),
    /// Delivered before.
    Old,
    /// Something lies between, or the message is not to be trusted: the log knows.
    AskTheLog,
}

impl Listener {
    async fn next_or_closed(&mut self) -> Option<Batch> {
        let mut closed = self.reader.closed();
        tokio::select! {
            biased;
            Ok(_) = closed.wait_for(|closed| *closed) => None,
            batch = self.next() => batch,
        }
    }

    async fn next(&mut self) -> Option<Batch> {
        let batch = loop {
            self.listen().await;
            match self.wait().await {
                Waited::Live(records) => break self.live_batch(records),
                Waited::Log => break self.reader.next().await?,
                Waited::Idle => match self.reader.look().await {
                    Look::Records(batch) => break batch,
                    Look::Nothing => {}
                    Look::Closed => return None,
                },
            }
        };
        self.last = batch.last().cloned();
        Some(batch)
    }

    fn live_batch(&mut self, records: Vec<Record>) -> Batch {
        self.reader.position = records.last().map_or(self.reader.position, |record| record.position);
        metrics::counter!("sandan_bus_live_records_total").increment(records.len() as u64);
        Arc::new(records)
    }

    /// Subscribed before the log is read, so that nothing falls in between.
    async fn listen(&mut self) {
        if self.live.is_none() {
            match self.connection.client.subscribe(SUBJECTS).await {
                Ok(live) => self.live = Some(live),
                Err(error) => tracing::warn!(%error, "can't listen to NATS; events come from the log"),
            }
        }
    }

    /// Waits for records that came in live and go on where we stand, or for a reason to read the log.
    async fn wait(&mut self) -> Waited {
        if self.last.is_none() {
            return Waited::Log;
        }
        loop {
            let message = match self.message().await {
                Ok(message) => message,
                Err(waited) => return waited,
            };
            match self.hear(&message, self.last.as_ref()) {
                Heard::Old => {}
                Heard::AskTheLog => return Waited::Log,
                Heard::Next(record) => return Waited::Live(self.with_what_waits(*record)),
            }
        }
    }

    /// The next message, unless it is late, we are far behind, or there is no connection.
    async fn message(&mut self) -> Result<Message, Waited> {
        let Some(live) = self.live.as_mut() else { return Err(Waited::Log) };
        let position = self.reader.position;
        let mut head = self.reader.head();
        let announced = async { head.wait_for(|head| *head > position).await.map_or(Position::MAX, |head| *head) };
        let heard = tokio::select! {
            biased;
            message = live.next() => message,
            head = announced => {
                if head - position > FAR_BEHIND || !self.connection.is_connected() {
                    return Err(Waited::Log);
                }
                timeout(LATE, live.next()).await.map_err(|_| {
                    metrics::counter!("sandan_bus_late_total").increment(1);
                    Waited::Log
                })?
            }
            () = self.reader.idle() => return Err(Waited::Idle),
        };
        heard.ok_or_else(|| {
            self.live = None;
            Waited::Log
        })
    }

    /// All that lies ready behind the first record, as long as it goes on.
    fn with_what_waits(&mut self, first: Record) -> Vec<Record> {
        let mut records = vec![first];
        while records.len() < BATCH_RECORDS_MAX
            && let Some(live) = self.live.as_mut()
            && let Some(Some(message)) = live.next().now_or_never()
        {
            match self.hear(&message, records.last()) {
                Heard::Next(record) => records.push(*record),
                Heard::Old => {}
                // The log is read for it next time.
                Heard::AskTheLog => break,
            }
        }
        records
    }

    fn hear(&self, message: &Message, last: Option<&Record>) -> Heard {
        let Ok(record) = decode(message.headers.as_ref(), &message.payload) else {
            tracing::debug!(subject = %message.subject, "a message that is no event of ours");
            return Heard::Old;
        };
        match last {
            Some(last) if record.position <= last.position => Heard::Old,
            // Sent from a history that was left: this log never held it, or doesn't any more.
            _ if record.generation < self.reader.generation() => Heard::AskTheLog,
            Some(last) if follows(&record, last) => Heard::Next(Box::new(record)),
            _ => Heard::AskTheLog,
        }
    }
}

/// Whether the record is the one after `last` in the same history: its hash says so.
fn follows(record: &Record, last: &Record) -> bool {
    record.position == last.position + 1
        && record.generation == last.generation
        && record.hash
            == link(&last.hash, record.position, record.recorded, &digest(&Header::from(record), &record.body))
}
