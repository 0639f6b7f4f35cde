//! The peer of the benchmarks: cqrs-es with postgres-es as they come, event store, a pool of 16 connections.
//!
//! The five commands of a request, one event each of about 400 bytes with 200 of metadata. No hash chain, no sealing,
//! no idempotency, no reactions.

mod request;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::post;
use clap::Parser;
use hdrhistogram::Histogram;
use postgres_es::{PostgresCqrs, postgres_cqrs};
use request::{Request, STEPS, Step};
use sqlx::Executor;
use sqlx::postgres::PgPoolOptions;
use tokio::net::TcpListener;
use uuid::Uuid;

const CONNECTIONS: u32 = 16;
const TABLE: &str = "CREATE TABLE IF NOT EXISTS events (
    aggregate_type text NOT NULL, aggregate_id text NOT NULL, sequence bigint NOT NULL CHECK (sequence >= 0),
    event_type text NOT NULL, event_version text NOT NULL, payload json NOT NULL, metadata json NOT NULL,
    PRIMARY KEY (aggregate_type, aggregate_id, sequence))";

type Cqrs = Arc<PostgresCqrs<Request>>;

/// Runs cqrs-es with postgres-es under load, or serves it over HTTP.
#[derive(Parser)]
enum Arguments {
    /// Callers in this process for some seconds; prints one line of JSON
    Commands {
        #[arg(long)]
        database: String,
        #[arg(long)]
        callers: usize,
        #[arg(long)]
        seconds: f64,
    },
    /// POST /ID/STEP behind axum; prints where it listens and serves until it is ended
    Serve {
        #[arg(long)]
        database: String,
    },
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    match Arguments::parse() {
        Arguments::Commands { database, callers, seconds } => {
            let run = Duration::from_secs_f64(seconds);
            println!("{}", commands(open(&database).await?, callers, run).await?);
            Ok(())
        }
        Arguments::Serve { database } => serve(open(&database).await?).await,
    }
}

async fn open(database: &str) -> anyhow::Result<Cqrs> {
    let pool = PgPoolOptions::new().max_connections(CONNECTIONS).connect(database).await.context("connect")?;
    pool.execute(TABLE).await.context("make the table")?;
    Ok(Arc::new(postgres_cqrs(pool, Vec::new(), ())))
}

async fn commands(cqrs: Cqrs, callers: usize, run: Duration) -> anyhow::Result<serde_json::Value> {
    let begun = Instant::now();
    let tasks: Vec<_> = (0..callers).map(|_| tokio::spawn(caller(Arc::clone(&cqrs), begun + run))).collect();
    let mut all = Histogram::<u64>::new(3)?;
    for task in tasks {
        all.add(task.await??)?;
    }
    let per_second = all.len() as f64 / begun.elapsed().as_secs_f64();
    let nanos = |percentile| all.value_at_percentile(percentile);
    Ok(serde_json::json!({"per_second": per_second, "p50_nanos": nanos(50.0), "p99_nanos": nanos(99.0)}))
}

async fn caller(cqrs: Cqrs, end: Instant) -> anyhow::Result<Histogram<u64>> {
    let mut latencies = Histogram::new(3)?;
    while Instant::now() < end {
        let id = Uuid::now_v7().to_string();
        for step in STEPS {
            let asked = Instant::now();
            execute(&cqrs, &id, step).await.context("a command of the peer")?;
            latencies.record(u64::try_from(asked.elapsed().as_nanos())?)?;
        }
    }
    Ok(latencies)
}

async fn execute(cqrs: &Cqrs, id: &str, step: Step) -> anyhow::Result<()> {
    Ok(cqrs.execute_with_metadata(id, step, metadata()).await?)
}

/// About 200 bytes.
fn metadata() -> HashMap<String, String> {
    let entry = |key: &str| (key.to_owned(), Uuid::now_v7().to_string());
    ["command", "correlation", "causation", "actor"].into_iter().map(entry).collect()
}

async fn serve(cqrs: Cqrs) -> anyhow::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    let router = axum::Router::new().route("/{id}/{step}", post(step)).with_state(cqrs);
    Ok(axum::serve(listener, router).await?)
}

async fn step(
    State(cqrs): State<Cqrs>,
    Path((id, step)): Path<(String, Step)>,
    Json(body): Json<serde_json::Value>,
) -> Result<Json<serde_json::Value>, (StatusCode, String)> {
    let done = execute(&cqrs, &id, step).await;
    done.map_err(|error| (StatusCode::CONFLICT, error.to_string()))?;
    Ok(Json(serde_json::json!({"id": id, "fields": body.as_object().map_or(0, serde_json::Map::len)})))
}
