//! The bus inside one process: a watch on the last position says that there is something, the log says what.
//!
//! Records never travel through a channel, since a channel that is full must drop or wait.

use std::sync::Arc;
use std::time::Duration;

use futures::stream;
use sandan_log::{Generation, Log, LogError, Position, Record};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::{Batch, Bus, Subscription};

/// Most records in a batch: bounds what one subscriber holds in memory.
pub const BATCH_RECORDS_MAX: usize = 512;

/// After a failed read, wait so long before the next try, twice as long each time …
const RETRY_FIRST: Duration = Duration::from_millis(50);
/// … up to this.
const RETRY_LAST: Duration = Duration::from_secs(5);
/// A subscriber that hears nothing looks into the log after so long: a closed log tells nobody.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// Subscriptions that read from the log. Cheap to clone.
#[derive(Clone)]
pub struct LocalBus {
    log: Arc<dyn Log>,
    closed: Arc<watch::Sender<bool>>,
}

impl LocalBus {
    pub fn new(log: Arc<dyn Log>) -> Self {
        Self { log, closed: Arc::new(watch::Sender::new(false)) }
    }

    /// Ends all subscriptions, present and future, where they stand. Each goes on later from its own position.
    pub fn close(&self) {
        self.closed.send_replace(true);
    }
}

impl Bus for LocalBus {
    fn subscribe(&self, after: Position) -> Subscription {
        let reader = Reader::new(self.log.clone(), self.closed.subscribe(), after);
        Subscription::new(stream::unfold(reader, |mut reader| async {
            let batch = reader.next_or_closed().await?;
            Some((batch, reader))
        }))
    }
}

/// What a look into the log found.
pub(crate) enum Look {
    Records(Batch),
    Nothing,
    Closed,
}

/// One subscriber's place in the log.
pub(crate) struct Reader {
    log: Arc<dyn Log>,
    head: watch::Receiver<Position>,
    closed: watch::Receiver<bool>,
    /// Position of the last record that was handed out.
    pub position: Position,
}

impl Reader {
    pub fn new(log: Arc<dyn Log>, closed: watch::Receiver<bool>, after: Position) -> Self {
        let head = log.watch();
        Self { log, head, closed, position: after }
    }

    /// Turns true when the bus is closed.
    pub fn closed(&self) -> watch::Receiver<bool> {
        self.closed.clone()
    }

    /// Follows the log's last position.
    pub fn head(&self) -> watch::Receiver<Position> {
        self.head.clone()
    }

    /// The newest generation that the log has heard of.
    pub fn generation(&self) -> Generation {
        self.log.generation()
    }

    /// Returns when it is time to look into the log without any news.
    pub async fn idle(&self) {
        sleep(LOOK_AGAIN).await;
    }

    async fn next_or_closed(&mut self) -> Option<Batch> {
        let mut closed = self.closed.clone();
        tokio::select! {
            biased;
            // A bus that was dropped can't be closed any more; its subscriptions live on.
            Ok(_) = closed.wait_for(|closed| *closed) => None,
            batch = self.next() => batch,
        }
    }

    /// A look into the log without waiting for news.
    pub async fn look(&mut self) -> Look {
        match self.log.read(self.position, BATCH_RECORDS_MAX).await {
            Ok(records) if records.is_empty() => Look::Nothing,
            Ok(records) => Look::Records(self.passed(records)),
            Err(LogError::Closed) => Look::Closed,
            Err(error) => {
                tracing::error!(%error, after = self.position, "a subscriber can't read the log");
                Look::Nothing
            }
        }
    }

    fn passed(&mut self, records: Vec<Record>) -> Batch {
        self.position = records.last().map_or(self.position, |record| record.position);
        Arc::new(records)
    }

    /// The next records, as soon as the log has them; `None` when it is closed.
    pub async fn next(&mut self) -> Option<Batch> {
        let mut pause = RETRY_FIRST;
        loop {
            let announced = self.news().await?;
            match self.log.read(self.position, BATCH_RECORDS_MAX).await {
                Ok(records) if !records.is_empty() => return Some(self.passed(records)),
                Ok(_) if !announced => {}
                Ok(_) => {
                    tracing::warn!(after = self.position, "the log announced records that it doesn't show yet");
                    sleep(grow(&mut pause)).await;
                }
                Err(LogError::Closed) => return None,
                Err(error) => {
                    tracing::error!(%error, after = self.position, "a subscriber can't read the log; trying again");
                    sleep(grow(&mut pause)).await;
                }
            }
        }
    }

    /// Waits until the log stands further than we do: true. After [`LOOK_AGAIN`] without news: false. `None` if
    /// there will never be any.
    async fn news(&mut self) -> Option<bool> {
        let position = self.position;
        match timeout(LOOK_AGAIN, self.head.wait_for(|head| *head > position)).await {
            Ok(Ok(_)) => Some(true),
            Ok(Err(_)) => None,
            Err(_) => Some(false),
        }
    }
}

/// The pause as it is, and twice as long from now on.
fn grow(pause: &mut Duration) -> Duration {
    let now = *pause;
    *pause = (now * 2).min(RETRY_LAST);
    now
}
