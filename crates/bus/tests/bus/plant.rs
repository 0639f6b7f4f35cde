//! A log, a NATS server and a relay between them, and ways to wait for what the stream holds.

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream;
use sandan_bus::nats::{Connection, NatsBus, NatsOptions, Relay, STREAM, decode};
use sandan_log::{Log, Position};
use sandan_testkit::Nats;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep};

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(60);

pub async fn connection(nats: &Nats) -> Connection {
    Connection::open(NatsOptions::parse(&nats.url()).unwrap()).await.unwrap()
}

pub fn relay(log: &Arc<dyn Log>, connection: &Connection) -> JoinHandle<()> {
    let relay = Relay::new(log.clone(), connection.clone());
    tokio::spawn(async move { relay.run(std::future::pending()).await })
}

pub fn bus(log: &Arc<dyn Log>, connection: &Connection) -> NatsBus {
    NatsBus::new(log.clone(), connection.clone())
}

/// A client of its own, as another program has it.
pub async fn outsider(nats: &Nats) -> jetstream::Context {
    let options = async_nats::ConnectOptions::new().retry_on_initial_connect();
    jetstream::new(options.connect(nats.url()).await.unwrap())
}

/// Waits until the stream's last sequence is `position`.
pub async fn stream_reaches(nats: &Nats, position: Position) {
    let outsider = outsider(nats).await;
    let begun = Instant::now();
    loop {
        let last = match outsider.get_stream(STREAM).await {
            Ok(mut stream) => stream.info().await.map(|info| info.state.last_sequence).ok(),
            Err(_) => None,
        };
        if last == Some(position) {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "the stream is at {last:?}, not {position}");
        sleep(Duration::from_millis(10)).await;
    }
}

/// Waits until the stream holds exactly the log: the sequence of each message is its position, with equal bytes.
pub async fn stream_equals(nats: &Nats, log: &dyn Log) {
    let head = log.head().await.unwrap().position;
    let begun = Instant::now();
    while let Err(difference) = compare(nats, log, head).await {
        assert!(begun.elapsed() < PATIENCE, "{difference}");
        sleep(Duration::from_millis(50)).await;
    }
}

async fn compare(nats: &Nats, log: &dyn Log, head: Position) -> Result<(), String> {
    let stream = outsider(nats).await.get_stream(STREAM).await.map_err(|error| error.to_string())?;
    let last = stream.cached_info().state.last_sequence;
    if last != head {
        return Err(format!("the stream is at {last}, the log at {head}"));
    }
    for record in log.read(0, usize::MAX).await.unwrap() {
        let message = stream.get_raw_message(record.position).await.map_err(|error| error.to_string())?;
        let stored = decode(Some(&message.headers), &message.payload).map_err(|error| error.to_string())?;
        if stored != record {
            return Err(format!("position {} differs", record.position));
        }
    }
    Ok(())
}
