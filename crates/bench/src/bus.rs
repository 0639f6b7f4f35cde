//! From a commit on one node to a subscriber on another, over NATS, and how fast the relay fills the stream.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use sandan_bus::Bus;
use sandan_bus::nats::{Connection, NatsBus, NatsOptions, Relay};
use sandan_log::{Log, MemoryLog, PostgresLog, PostgresOptions};
use sandan_testkit::{Nats, Postgres};
use tokio::time::{MissedTickBehavior, interval};

use crate::Effort;
use crate::latencies::Latencies;
use crate::plant::note;
use crate::report::{Report, millis};

/// Events a second while the way is measured.
const RATE: u64 = 1_000;
/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(120);

pub async fn measure(effort: &Effort, report: &mut Report) -> anyhow::Result<()> {
    let nats = Nats::start();
    report.section(
        "From node to node",
        "An event is appended to a log on Postgres by one node, 1,000 a second; another node, with connections of its own to\n\
         Postgres and NATS, subscribes. The clock runs from the answer to the append until the subscriber has the event.\n\
         Without NATS the subscriber hears from the log alone. Both are in one process.",
    );
    report.header(&["way", "events", "p50", "p99"]);
    let server = Postgres::durable();
    for over_nats in [true, false] {
        let latencies = way(effort, &server, over_nats.then_some(&nats)).await?;
        let name = if over_nats { "NATS JetStream" } else { "the log alone" };
        let (p50, p99) = (latencies.at(50.0), latencies.at(99.0));
        report.row(&[name.to_owned(), latencies.count().to_string(), millis(p50), millis(p99)]);
    }
    let rate = fill(effort).await?;
    report.line("");
    report.line(&format!("The relay fills an empty stream of one server with {rate:.0} events/s."));
    Ok(())
}

async fn way(effort: &Effort, server: &Postgres, nats: Option<&Nats>) -> anyhow::Result<Latencies> {
    let database = server.database();
    let (here, there) = (open(&database).await?, open(&database).await?);
    let relay = match nats {
        Some(nats) => {
            let relay = Relay::new(Arc::clone(&here), connect(nats).await?);
            Some(tokio::spawn(async move { relay.run(std::future::pending()).await }))
        }
        None => None,
    };
    let mut subscription = match nats {
        Some(nats) => NatsBus::new(Arc::clone(&there), connect(nats).await?).subscribe(0),
        None => sandan_bus::LocalBus::new(Arc::clone(&there)).subscribe(0),
    };
    let count = RATE * effort.run.as_secs().max(1) * 3;
    let (tell, mut told) = tokio::sync::mpsc::unbounded_channel();
    let writing = tokio::spawn(async move {
        let mut ticks = interval(Duration::from_secs(1) / u32::try_from(RATE)?);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        for _ in 0..count {
            ticks.tick().await;
            let (here, tell) = (Arc::clone(&here), tell.clone());
            tokio::spawn(async move {
                if let Ok(appended) = here.append(note()).await {
                    _ = tell.send((appended.last, Instant::now()));
                }
            });
        }
        anyhow::Ok(())
    });
    let mut heard = vec![None; usize::try_from(count)? + 1];
    let mut position = 0;
    while position < count {
        let batch = tokio::time::timeout(PATIENCE, subscription.next()).await?.context("the bus ended")?;
        let now = Instant::now();
        for record in batch.iter() {
            position = record.position;
            heard[usize::try_from(position)?] = Some(now);
        }
    }
    writing.await??;
    let mut latencies = Latencies::new();
    for _ in 0..count {
        let (position, answered) = told.recv().await.context("every append is answered")?;
        let heard = heard[usize::try_from(position)?].context("every event is heard")?;
        latencies.record(heard.saturating_duration_since(answered));
    }
    relay.inspect(tokio::task::JoinHandle::abort);
    Ok(latencies)
}

async fn fill(effort: &Effort) -> anyhow::Result<f64> {
    let nats = Nats::start();
    let log: Arc<dyn Log> = Arc::new(MemoryLog::new());
    let count = effort.import_rows as u64;
    for _ in 0..count {
        log.append(note()).await?;
    }
    let relay = Relay::new(Arc::clone(&log), connect(&nats).await?);
    let mut position = relay.position();
    let begun = Instant::now();
    let relaying = tokio::spawn(async move { relay.run(std::future::pending()).await });
    position.wait_for(|position| *position >= count).await?;
    let took = begun.elapsed();
    relaying.abort();
    Ok(count as f64 / took.as_secs_f64())
}

async fn open(database: &str) -> anyhow::Result<Arc<dyn Log>> {
    Ok(Arc::new(PostgresLog::open(database, PostgresOptions::default()).await?))
}

async fn connect(nats: &Nats) -> anyhow::Result<Connection> {
    Ok(Connection::probe(NatsOptions::parse(&nats.url())?).await?)
}
