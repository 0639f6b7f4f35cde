//! The relay: takes the log's records to the stream, in order, so that the stream's sequence equals the position.
//!
//! Every message says which sequence must be the last before it. So a repeat is refused by the server, a gap can't
//! form, and two relays at once are harmless: whoever is refused asks the stream how far it is and goes on there. What
//! the stream lost is sent again; a stream that says something else than the log is made anew and filled from the
//! log, which alone is the truth.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::context::{PublishAckFuture, PublishErrorKind};
use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::Stream;
use futures::StreamExt;
use futures::stream::FuturesOrdered;
use sandan_log::{Log, Position, Record};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tracing::Span;

use super::agree::{self, Disagreement, Suspects};
use super::{Connection, NatsError, message, stream, trace};

/// Records that are read at once.
const PAGE: usize = 512;
/// Messages that were sent and not acknowledged yet.
const IN_FLIGHT_MAX: usize = 512;
/// A relay that begins compares so many messages with the log, each by itself: as many as were under way when the one
/// before it died.
const LOOK_BACK: u64 = IN_FLIGHT_MAX as u64;
/// A relay that has nothing to do looks after so long whether the stream is still what it was.
const LOOK: Duration = Duration::from_secs(2);
/// After a failure, the first and the longest pause.
const PAUSE_FIRST: Duration = Duration::from_millis(50);
const PAUSE_LAST: Duration = Duration::from_secs(5);
/// A stream is made anew at once, and after that not more often than this: who writes into it goes on doing so.
const BETWEEN_REPAIRS: Duration = Duration::from_secs(30);

/// Before the stream is thrown away, what was found must be found again after so long.
const CONFIRM_AFTER: Duration = Duration::from_millis(500);

/// When the stream was made anew last.
type Repaired = Option<tokio::time::Instant>;

/// Keeps the stream up with the log. Any number of them may run; one is enough.
pub struct Relay {
    log: Arc<dyn Log>,
    connection: Connection,
    /// Up to where the stream is known to hold the log.
    position: watch::Sender<Position>,
}

/// Why publishing stopped; none of it is the end.
enum Stop {
    /// Ask the stream how far it is.
    AskAgain(&'static str),
    /// The sequence for this position is taken: by another relay, or by somebody who should not write there.
    Refused(Position),
    Failed(NatsError),
}

impl From<NatsError> for Stop {
    fn from(error: NatsError) -> Self {
        Self::Failed(error)
    }
}

impl Relay {
    pub fn new(log: Arc<dyn Log>, connection: Connection) -> Self {
        Self { log, connection, position: watch::Sender::new(0) }
    }

    /// Follows how far the stream is, as far as this relay knows.
    pub fn position(&self) -> watch::Receiver<Position> {
        self.position.subscribe()
    }

    /// Relays until `shutdown` is done. Whatever fails is tried again.
    pub async fn run(&self, shutdown: impl Future<Output = ()> + Send) {
        let mut shutdown = pin!(shutdown);
        let mut pause = PAUSE_FIRST;
        let (mut repaired, mut suspects) = (None, Suspects { sequence: None, back: LOOK_BACK });
        loop {
            let stopped = tokio::select! {
                () = &mut shutdown => return,
                stopped = self.relay(&mut repaired, &mut suspects, &mut pause) => stopped,
            };
            match stopped {
                Stop::AskAgain(why) => tracing::debug!(why, "the relay asks the stream how far it is"),
                Stop::Refused(position) => suspects.sequence = Some(position),
                Stop::Failed(error) => tracing::warn!(%error, ?pause, "events can't be relayed for now"),
            }
            tokio::select! {
                () = &mut shutdown => return,
                () = sleep(pause) => pause = (pause * 2).min(PAUSE_LAST),
            }
        }
    }

    /// Finds out where the stream stands, mends it where it must be, and publishes until something is in the way.
    async fn relay(&self, repaired: &mut Repaired, suspects: &mut Suspects, pause: &mut Duration) -> Stop {
        self.connection.up().await;
        match self.stand(repaired, *suspects).await {
            Ok((stream, position)) => {
                *suspects = Suspects::default();
                match self.publish_after(&stream, position, pause).await {
                    Ok(never) => match never {},
                    Err(stop) => stop,
                }
            }
            Err(error) => Stop::Failed(error),
        }
    }

    /// The stream, and the position up to which it holds the log.
    async fn stand(&self, repaired: &mut Repaired, suspects: Suspects) -> Result<(Stream, Position), NatsError> {
        let stream = stream::open(&self.connection).await?;
        let Some(found) = self.disagreement(&stream, suspects).await? else {
            return Ok((stream.clone(), stream::state(&stream).await?.last));
        };
        // A stream is thrown away for nothing that one more look would not show.
        sleep(CONFIRM_AFTER).await;
        if self.disagreement(&stream, suspects).await?.as_ref() != Some(&found) {
            return Err(NatsError::Failed("the stream is changing".to_owned()));
        }
        let Disagreement { upto, last, why } = found;
        if let Some(ago) = repaired.map(|at| at.elapsed()).filter(|ago| *ago < BETWEEN_REPAIRS) {
            let wait = (BETWEEN_REPAIRS - ago).as_secs();
            let again = format!("the stream differs from the log again after position {upto} ({why})");
            return Err(NatsError::Failed(format!("{again}; it is made anew in {wait} s")));
        }
        tracing::error!(
            after = upto, last, %why,
            "the stream differs from the log: it is made anew, and sequences after {upto} get the log's events",
        );
        metrics::counter!("sandan_relay_rebuilds_total").increment(1);
        *repaired = Some(tokio::time::Instant::now());
        Ok((stream::recreate(&self.connection).await?, 0))
    }

    async fn disagreement(&self, stream: &Stream, suspects: Suspects) -> Result<Option<Disagreement>, NatsError> {
        let state = stream::state(stream).await?;
        agree::compare(&*self.log, stream, state, suspects).await
    }

    async fn publish_after(
        &self,
        stream: &Stream,
        position: Position,
        pause: &mut Duration,
    ) -> Result<std::convert::Infallible, Stop> {
        let mut flow = Flow::new(position);
        let mut head = self.log.watch();
        self.stands_at(position);
        loop {
            self.fill(&mut flow).await?;
            let read = flow.read;
            let news = async { head.wait_for(|head| *head > read).await.map(|_| ()) };
            tokio::select! {
                biased;
                acked = flow.acked(), if !flow.in_flight.is_empty() => {
                    self.stands_at(acked?);
                    *pause = PAUSE_FIRST;
                }
                () = self.connection.down() => return Err(Stop::AskAgain("the connection is gone")),
                news = timeout(LOOK, news), if !flow.is_full() => match news {
                    Ok(Ok(())) => {}
                    Ok(Err(_)) => return Err(NatsError::Failed("the log is closed".to_owned()).into()),
                    Err(_) if flow.in_flight.is_empty() => self.look(stream, flow.acked).await?,
                    Err(_) => {}
                },
            }
        }
    }

    /// Reads and sends as much as may be under way.
    async fn fill(&self, flow: &mut Flow) -> Result<(), Stop> {
        while !flow.is_full() {
            let Some(record) = flow.page.pop_front() else {
                if *self.log.watch().borrow() <= flow.read {
                    return Ok(());
                }
                let page = self.log.read(flow.read, PAGE).await.map_err(NatsError::failed)?;
                let Some(last) = page.last() else { return Ok(()) };
                flow.read = last.position;
                flow.spans.push_back((last.position, trace::of_page(&page)));
                flow.page = page.into();
                continue;
            };
            flow.in_flight.push_back(expect(record.position, self.send(&record).await?));
        }
        Ok(())
    }

    async fn send(&self, record: &Record) -> Result<PublishAckFuture, Stop> {
        let message = message::encode(record);
        let publish = PublishMessage::build().headers(message.headers).payload(message.body);
        let publish = publish.expected_last_sequence(record.position - 1);
        let sent = self.connection.jetstream.send_publish(message.subject, publish).await;
        sent.map_err(|error| match error.kind() {
            PublishErrorKind::MaxPayloadExceeded => {
                let (position, bytes) = (record.position, record.body.len());
                let what = format!("position {position} ({bytes} bytes) is larger than the server's max_payload");
                Stop::Failed(NatsError::Failed(what))
            }
            _ => Stop::Failed(NatsError::failed(error)),
        })
    }

    /// Nothing came for a while and nothing is under way: the stream may have lost something meanwhile.
    async fn look(&self, stream: &Stream, acked: Position) -> Result<(), Stop> {
        let state = stream::state(stream).await?;
        if state.last != acked || state.missing > 0 {
            return Err(Stop::AskAgain("the stream is not where it was left"));
        }
        let head = self.log.head().await.map_err(NatsError::failed)?;
        match head.position < acked {
            true => Err(Stop::AskAgain("the log ends before the stream does")),
            false => Ok(()),
        }
    }

    fn stands_at(&self, position: Position) {
        let lag = self.log.watch().borrow().saturating_sub(position);
        metrics::gauge!("sandan_relay_position").set(position as f64);
        metrics::gauge!("sandan_relay_lag").set(lag as f64);
        self.position.send_replace(position);
    }
}

type Acknowledged = std::pin::Pin<Box<dyn Future<Output = Result<Position, Stop>> + Send>>;

/// What is on its way.
struct Flow {
    /// Read from the log up to here.
    read: Position,
    /// Acknowledged up to here.
    acked: Position,
    page: VecDeque<Record>,
    /// Of each page that is not acknowledged yet, up to its last position.
    spans: VecDeque<(Position, Span)>,
    in_flight: FuturesOrdered<Acknowledged>,
}

impl Flow {
    fn new(position: Position) -> Self {
        Self {
            read: position,
            acked: position,
            page: VecDeque::new(),
            spans: VecDeque::new(),
            in_flight: FuturesOrdered::new(),
        }
    }

    fn is_full(&self) -> bool {
        self.in_flight.len() >= IN_FLIGHT_MAX
    }

    /// The next acknowledgement, in order.
    async fn acked(&mut self) -> Result<Position, Stop> {
        match self.in_flight.next().await {
            Some(acked) => {
                self.acked = acked?;
                // A span ends when it is let go of.
                while self.spans.pop_front_if(|(last, _)| *last <= self.acked).is_some() {}
                Ok(self.acked)
            }
            None => Ok(self.acked),
        }
    }
}

/// Waits for the acknowledgement, which must give the message the sequence that is its position.
fn expect(position: Position, ack: PublishAckFuture) -> Acknowledged {
    Box::pin(async move {
        match ack.await {
            Ok(ack) if ack.sequence == position => {
                // The servers knew it by its id: another relay was first.
                match ack.duplicate {
                    true => metrics::counter!("sandan_relay_refused_total").increment(1),
                    false => metrics::counter!("sandan_relay_published_total").increment(1),
                }
                Ok(position)
            }
            Ok(_) => Err(Stop::AskAgain("a message got another sequence than its position")),
            Err(error) if error.kind() == PublishErrorKind::WrongLastSequence => {
                metrics::counter!("sandan_relay_refused_total").increment(1);
                Err(Stop::Refused(position))
            }
            Err(error) => Err(Stop::Failed(NatsError::failed(error))),
        }
    })
}
