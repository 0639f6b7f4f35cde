//! The shared log on Postgres, beside cqrs-es with postgres-es as they come, on the same server in the same run.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context;
use sandan_app::Clock;
use sandan_log::{Log, PostgresLog, PostgresOptions};
use sandan_testkit::Postgres;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::Effort;
use crate::batches::{Batches, Collected};
use crate::commands::work;
use crate::http::{self, Served};
use crate::latencies::{Figures, Latencies, median, middle};
use crate::plant::Plant;
use crate::report::{Report, millis, per_second};

const CALLERS: [usize; 6] = [1, 8, 32, 64, 128, 512];
const CONNECTIONS: [usize; 2] = [64, 256];
const NODES: usize = 3;
/// Where `cargo build --release` in `crates/bench/peer` leaves the peer.
const PEER: [&str; 2] = ["crates/bench/peer/target/release/sandan-peer", "target/peer/release/sandan-peer"];

pub async fn measure(effort: &Effort, report: &mut Report) -> anyhow::Result<()> {
    let peer = peer()?;
    let server = Postgres::start_with(&effort.settings);
    commands(effort, report, &server, &peer).await?;
    over_http(effort, report, &server, &peer).await
}

async fn commands(effort: &Effort, report: &mut Report, server: &Postgres, peer: &Path) -> anyhow::Result<()> {
    report.section(
        "Commands on a shared log",
        "The five commands of a request, in process, on Postgres with a real fsync: with authorisation, idempotency, version\n\
         checks, hash chain and sealed personal data on, ten events a request. The peer is cqrs-es with postgres-es as they\n\
         come on the same server: event store, 16 connections, the same five commands, five events a request, none of the\n\
         rest. Three nodes are three programs' worth of application and connections in one process on the same cores. Of one\n\
         node's batches: how many commands on average, the database's work on each, and the commit with the way there and back.",
    );
    if !effort.settings.is_empty() {
        report.line(&format!("The server with {}.\n", effort.settings.join(", ")));
    }
    let collected = Collected::begin()?;
    report.header(&[
        "callers",
        "commands/s",
        "p50",
        "p99",
        "three nodes/s",
        "three nodes p99",
        "peer/s",
        "peer p50",
        "peer p99",
        "ratio",
        "batch",
        "work each",
        "commit",
    ]);
    for callers in effort.of(&CALLERS) {
        let mut batches = Batches::default();
        let (mut one, mut three, mut theirs) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..effort.rounds {
            let before = collected.batches();
            one.push(ours(effort, server, 1, callers).await?);
            batches.add(before, collected.batches())?;
            theirs.push(peers(effort, server, peer, callers).await?);
            three.push(ours(effort, server, NODES, callers).await?);
        }
        let (one, three, peers) = (median(one), median(three), median(theirs));
        report.row(&[
            callers.to_string(),
            per_second(&one),
            millis(one.p50),
            millis(one.p99),
            per_second(&three),
            millis(three.p99),
            per_second(&peers),
            millis(peers.p50),
            millis(peers.p99),
            format!("{:.1} ×", one.per_second / peers.per_second),
            format!("{:.0}", batches.size()),
            format!("{:.0} µs", batches.work().as_secs_f64() * 1e6),
            millis(batches.commit()),
        ]);
    }
    limit(effort, report, server)
}

/// What one connection can put into the log's table in batches of 1,000 rows, with its indexes.
fn limit(effort: &Effort, report: &mut Report, server: &Postgres) -> anyhow::Result<()> {
    const ROWS: u32 = 1_000;
    let mut runs = Vec::new();
    for _ in 0..effort.rounds {
        let database = server.database();
        let name = database.rsplit('/').next().unwrap_or_default().to_owned();
        server.sql(
            &name,
            "CREATE TABLE event (position bigint PRIMARY KEY, stream uuid NOT NULL, version bigint NOT NULL,
               id uuid NOT NULL, kind text NOT NULL, hash bytea NOT NULL, body bytea NOT NULL);
             CREATE UNIQUE INDEX event_stream ON event (stream, version);",
        );
        let insert = format!(
            "DO $$ DECLARE ids uuid[]; bodies bytea[]; n bigint := 0; begun timestamptz := clock_timestamp();
             BEGIN
               WHILE clock_timestamp() < begun + interval '{} milliseconds' LOOP
                 SELECT array_agg(gen_random_uuid()), array_agg(decode(repeat('ab', 600), 'hex'))
                   INTO ids, bodies FROM generate_series(1, {ROWS});
                 INSERT INTO event SELECT n + u.place, u.id, 1, u.id, 'sandan.request.filed', sha256(u.body), u.body
                   FROM unnest(ids, bodies) WITH ORDINALITY u (id, body, place);
                 n := n + {ROWS};
                 COMMIT;
               END LOOP;
             END $$",
            effort.run.as_millis(),
        );
        let begun = Instant::now();
        server.sql(&name, &insert);
        let took = begun.elapsed();
        let rows: f64 = server.sql(&name, "SELECT count(*) FROM event").trim().parse()?;
        runs.push(rows / took.as_secs_f64());
    }
    report.line("");
    report.line(&format!(
        "The limit, batches of {ROWS} rows of one event each from one connection, made in the server: {:.0} rows/s.",
        middle(runs)
    ));
    Ok(())
}

/// The program with `nodes` nodes on a new database, `callers` callers spread over them.
async fn ours(effort: &Effort, server: &Postgres, nodes: usize, callers: usize) -> anyhow::Result<Figures> {
    let plants = plants(effort, &server.database(), nodes).await?;
    let workers: Vec<_> = (0..callers).map(|nth| plants[nth % nodes].worker(nth)).collect();
    let (begun, end) = (Instant::now(), Instant::now() + effort.run);
    let tasks: Vec<_> = workers.into_iter().map(|worker| tokio::spawn(work(worker, end))).collect();
    let mut all = Latencies::new();
    for task in tasks {
        all.add(&task.await??);
    }
    let figures = all.figures(begun.elapsed());
    for plant in plants {
        plant.log.close().await?;
    }
    Ok(figures)
}

/// Several nodes on one database; the first one has founded the community and its units.
pub async fn plants(effort: &Effort, database: &str, nodes: usize) -> anyhow::Result<Vec<Plant>> {
    let mut plants = Vec::with_capacity(nodes);
    for nth in 0..nodes {
        let log: Arc<dyn Log> = Arc::new(PostgresLog::open(database, PostgresOptions::default()).await?);
        let folder = TempDir::new_in(&effort.folder)?;
        let plant = Plant::over(log, folder, Clock::system());
        if nth == 0 {
            plant.organise().await?;
        }
        plants.push(plant);
    }
    Ok(plants)
}

async fn peers(effort: &Effort, server: &Postgres, peer: &Path, callers: usize) -> anyhow::Result<Figures> {
    let seconds = effort.run.as_secs_f64().to_string();
    let output = Command::new(peer)
        .args(["commands", "--database", &server.database(), "--callers", &callers.to_string(), "--seconds", &seconds])
        .stderr(Stdio::inherit())
        .output()
        .await?;
    anyhow::ensure!(output.status.success(), "the peer failed");
    let figures: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let nanos = |name: &str| Duration::from_nanos(figures[name].as_u64().unwrap_or_default());
    let per_second = figures["per_second"].as_f64().context("the peer's figures")?;
    Ok(Figures { per_second, p50: nanos("p50_nanos"), p99: nanos("p99_nanos") })
}

async fn over_http(effort: &Effort, report: &mut Report, server: &Postgres, peer: &Path) -> anyhow::Result<()> {
    report.section(
        "Commands over HTTP on a shared log",
        "The same as JSON over keep-alive connections, the read models following in the same process, clients and server on\n\
         the same cores; the peer behind the same HTTP library, and a handler that reads the body and does nothing.",
    );
    report.header(&["connections", "commands/s", "p50", "p99", "peer/s", "peer p99", "ratio", "nothing/s", "share"]);
    for connections in effort.of(&CONNECTIONS) {
        let (mut ours, mut peers, mut nothing) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..effort.rounds {
            ours.push(ours_served(effort, server, connections).await?);
            peers.push(peers_served(effort, server, peer, connections).await?);
            nothing.push(http::nothing_with(effort, connections).await?);
        }
        let (ours, peers, nothing) = (median(ours), median(peers), median(nothing));
        report.row(&[
            connections.to_string(),
            per_second(&ours),
            millis(ours.p50),
            millis(ours.p99),
            per_second(&peers),
            millis(peers.p99),
            format!("{:.1} ×", ours.per_second / peers.per_second),
            per_second(&nothing),
            format!("{:.0} %", 100.0 * ours.per_second / nothing.per_second),
        ]);
    }
    Ok(())
}

async fn ours_served(effort: &Effort, server: &Postgres, connections: usize) -> anyhow::Result<Figures> {
    let plant = plants(effort, &server.database(), 1).await?.remove(0);
    let log = Arc::clone(&plant.log);
    let figures = http::drive(Served::over(plant, connections).await?, effort).await?;
    log.close().await?;
    Ok(figures)
}

async fn peers_served(effort: &Effort, server: &Postgres, peer: &Path, connections: usize) -> anyhow::Result<Figures> {
    let (mut child, url) = serve_peer(peer, &server.database()).await?;
    let figures = http::drive_steps(effort, connections, &url).await;
    child.kill().await?;
    figures
}

async fn serve_peer(peer: &Path, database: &str) -> anyhow::Result<(Child, String)> {
    let mut command = Command::new(peer);
    command.args(["serve", "--database", database]).stdout(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn()?;
    let output = child.stdout.take().context("the peer's output")?;
    let url = BufReader::new(output).lines().next_line().await?.context("the peer says where it listens")?;
    Ok((child, url))
}

fn peer() -> anyhow::Result<PathBuf> {
    let found = PEER.iter().map(PathBuf::from).find(|path| path.exists());
    found.context("the peer is not built: `cargo build --release` in crates/bench/peer builds it")
}
