//! The same five commands over HTTP, beside a handler that does nothing.

use std::net::SocketAddr;
use std::time::Instant;

use axum::routing::{MethodRouter, post};
use sandan_domain::Role;
use sandan_web::{Settings, Site};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::watch;
use uuid::Uuid;

use crate::Effort;
use crate::latencies::{Figures, Latencies, median};
use crate::peer::Peer;
use crate::plant::{COMMUNITY, Plant, unit};
use crate::report::{Report, millis, per_second};

const CONNECTIONS: [usize; 5] = [1, 8, 64, 256, 512];

pub async fn measure(effort: &Effort, report: &mut Report) -> anyhow::Result<()> {
    report.section(
        "Commands over HTTP",
        "The same five commands as JSON over keep-alive connections, clients and server in one process on the same cores. Beside it\na handler that reads the body and does nothing; the peer behind the same server does one event a transaction.",
    );
    report.header(&["connections", "commands/s", "p50", "p99", "peer/s", "peer p99", "ratio", "nothing/s", "share"]);
    for connections in effort.of(&CONNECTIONS) {
        let (mut ours, mut peers, mut nothing) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..effort.rounds {
            ours.push(ours_with(effort, connections).await?);
            peers.push(peers_with(effort, connections).await?);
            nothing.push(nothing_with(effort, connections).await?);
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

/// A served program with a token a role.
pub struct Served {
    /// Kept for its folder, which goes when it does.
    _plant: Plant,
    pub address: SocketAddr,
    pub dispatcher: String,
    /// A token for the unit `unit-N`, for each of the first connections.
    pub units: Vec<String>,
    stop: watch::Sender<bool>,
}

impl Served {
    pub async fn start(effort: &Effort, units: usize) -> anyhow::Result<Self> {
        Self::over(Plant::build(&effort.folder).await?, units).await
    }

    pub async fn over(plant: Plant, units: usize) -> anyhow::Result<Self> {
        let (views, stop) = plant.views(&plant.folder.path().join("views")).await?;
        let dispatcher = token(&plant, Role::Dispatcher, None).await?;
        let mut tokens = Vec::new();
        for nth in 0..units {
            tokens.push(token(&plant, Role::Unit, Some(unit(nth))).await?);
        }
        let settings = Settings { writes_per_minute: 0, ..Settings::default() };
        let (app, shutdown) = (plant.app.clone(), stop.subscribe());
        let site = Site::new(sandan_web::Parts { app, views, settings, shutdown, metrics: None });
        let address = serve(sandan_web::router(site)).await?;
        Ok(Self { _plant: plant, address, dispatcher, units: tokens, stop })
    }

    pub fn stop(self) {
        let _ = self.stop.send(true);
    }
}

async fn token(plant: &Plant, role: Role, unit: Option<String>) -> anyhow::Result<String> {
    let unit = unit.map(|unit| unit.parse()).transpose()?;
    let community = unit.is_some().then(|| COMMUNITY.parse()).transpose()?;
    let new = sandan_app::accounts::NewToken { role, unit, community, expires: None };
    let (secret, _) = plant.app.accounts().create_token(new).await.map_err(|error| anyhow::anyhow!("{error:?}"))?;
    Ok(secret)
}

async fn serve(router: axum::Router) -> anyhow::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    Ok(address)
}

async fn ours_with(effort: &Effort, connections: usize) -> anyhow::Result<Figures> {
    drive(Served::start(effort, connections).await?, effort).await
}

/// A connection for each of the served units, each taking requests through the cycle.
pub async fn drive(served: Served, effort: &Effort) -> anyhow::Result<Figures> {
    let figures = at_once(effort, served.units.len(), |nth, http, end| {
        client(http, served.address, nth, served.dispatcher.clone(), served.units[nth].clone(), end)
    });
    let figures = figures.await?;
    served.stop();
    Ok(figures)
}

/// So many clients with a connection each, all at work until the end, and made before the clock runs. They trust nobody:
/// reading the system's certificates would take longer than what is measured, and nothing here speaks TLS.
async fn at_once<W>(
    effort: &Effort,
    connections: usize,
    work: impl Fn(usize, reqwest::Client, Instant) -> W,
) -> anyhow::Result<Figures>
where
    W: Future<Output = anyhow::Result<Latencies>> + Send + 'static,
{
    let client = |_| reqwest::Client::builder().pool_max_idle_per_host(1).tls_certs_only([]).no_proxy().build();
    let clients = (0..connections).map(client).collect::<Result<Vec<_>, _>>()?;
    let begun = Instant::now();
    let end = begun + effort.run;
    let works = clients.into_iter().enumerate().map(|(nth, http)| tokio::spawn(work(nth, http, end)));
    let mut all = Latencies::new();
    for work in works.collect::<Vec<_>>() {
        all.add(&work.await??);
    }
    Ok(all.figures(begun.elapsed()))
}

async fn client(
    http: reqwest::Client,
    address: SocketAddr,
    nth: usize,
    dispatcher: String,
    staff: String,
    end: Instant,
) -> anyhow::Result<Latencies> {
    let mut latencies = Latencies::new();
    let file = json!({"community": COMMUNITY, "title": "楼道灯坏了", "description": "三号楼二单元楼道灯已经坏了一个星期，请派人来修。"});
    while Instant::now() < end {
        let base = format!("http://{address}/api/v1/requests");
        let filed = call(&http, &base, None, &file, &mut latencies).await?;
        let id = filed["id"].as_str().unwrap_or_default();
        let steps = [
            ("triage", &dispatcher, json!({"decision": "accept"})),
            ("dispatch", &dispatcher, json!({"unit": unit(nth)})),
            ("claim", &staff, json!({})),
            ("complete", &staff, json!({"answer": "灯已更换。", "solved": true})),
        ];
        for (step, token, body) in steps {
            call(&http, &format!("{base}/{id}/{step}"), Some(token), &body, &mut latencies).await?;
        }
    }
    Ok(latencies)
}

async fn call(
    http: &reqwest::Client,
    url: &str,
    token: Option<&str>,
    body: &Value,
    latencies: &mut Latencies,
) -> anyhow::Result<Value> {
    let asked = Instant::now();
    let mut request = http.post(url).header("Idempotency-Key", Uuid::now_v7().to_string()).json(body);
    if let Some(token) = token {
        request = request.bearer_auth(token);
    }
    let response = request.send().await?.error_for_status()?;
    let answer = response.json().await?;
    latencies.record(asked.elapsed());
    Ok(answer)
}

/// The peer: every call is one event of a new stream, in a transaction of its own.
async fn peers_with(effort: &Effort, connections: usize) -> anyhow::Result<Figures> {
    let folder = TempDir::new_in(&effort.folder)?;
    let peer = Peer::open(&folder.path().join("peer.sqlite"))?;
    let append = move |body: axum::Json<Value>| async move {
        let done = tokio::task::spawn_blocking(move || peer.append(Uuid::now_v7(), 0)).await;
        (done.is_ok_and(|done| done.is_ok()) && body.0.is_object()).to_string()
    };
    plain(effort, connections, post(append)).await
}

/// A handler that reads the body and does nothing, under the same clients.
pub async fn nothing_with(effort: &Effort, connections: usize) -> anyhow::Result<Figures> {
    let nothing = |body: axum::Json<Value>| async move { body.0.is_object().to_string() };
    plain(effort, connections, post(nothing)).await
}

/// The same five steps against a peer that takes `POST URL/ID/STEP`.
pub async fn drive_steps(effort: &Effort, connections: usize, url: &str) -> anyhow::Result<Figures> {
    at_once(effort, connections, |_, http, end| steps_client(http, url.to_owned(), end)).await
}

async fn steps_client(http: reqwest::Client, url: String, end: Instant) -> anyhow::Result<Latencies> {
    let mut latencies = Latencies::new();
    let body = json!({"answer": "灯已更换。", "solved": true});
    while Instant::now() < end {
        let id = Uuid::now_v7();
        for step in ["file", "triage", "dispatch", "claim", "complete"] {
            call(&http, &format!("{url}/{id}/{step}"), None, &body, &mut latencies).await?;
        }
    }
    Ok(latencies)
}

/// One handler and nothing around it, under the same clients.
async fn plain(effort: &Effort, connections: usize, handler: MethodRouter) -> anyhow::Result<Figures> {
    let address = serve(axum::Router::new().route("/", handler)).await?;
    let url = format!("http://{address}/");
    at_once(effort, connections, |_, http, end| idle_client(http, url.clone(), end)).await
}

async fn idle_client(http: reqwest::Client, url: String, end: Instant) -> anyhow::Result<Latencies> {
    let mut latencies = Latencies::new();
    let body = json!({"answer": "灯已更换。", "solved": true});
    while Instant::now() < end {
        call(&http, &url, None, &body, &mut latencies).await?;
    }
    Ok(latencies)
}
