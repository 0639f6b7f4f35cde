//! `sandan serve`, start to end.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use sandan_app::Jobs;
use sandan_app::notices::Notices;
use sandan_bus::nats::Relay;
use sandan_web::Site;
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::edges::edges;
use super::signals::Signals;
use super::{clock_watch, connections, key_watch, snapshots, telemetry, tls};
use crate::config::Settings;
use crate::control::Listener;
use crate::demo;
use crate::failure::{Code, Failure};
use crate::folder::Folder;
use crate::lock::Lock;
use crate::output::say;
use crate::rehearsal::Rehearsal;
use crate::wiring::{Engine, bus};

/// Background tasks that are told to end get this long.
const TASKS_END_WITHIN: Duration = Duration::from_secs(5);

/// How it is run, beside the settings.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    pub demo: bool,
    pub json: bool,
}

pub async fn run(settings: Settings, options: Options) -> Result<()> {
    let traces = telemetry::start(settings.otlp.as_deref(), &settings.node)?;
    let mut signals = Signals::listen()?;
    let tls = settings.tls.as_ref().map(tls::acceptor).transpose()?;
    let folder = Folder::new(&settings.data);
    let mut lock = Lock::take(&folder, "serve")?;
    warn_of_open_folder(&folder);
    let demo = match options.demo {
        true => Some(demo::prepare(&settings).await?),
        false => None,
    };
    let metrics = telemetry::count()?;
    let engine = Arc::new(Engine::open_to_serve(&settings).await?);
    let views = engine.views().await?.clone();
    let listener = bind(&settings.listen).await?;
    let address = listener.local_addr().context("the address it listens on")?;
    let (draining, is_draining) = watch::channel(false);
    let site = Site::new(sandan_web::Parts {
        app: engine.app.clone(),
        views: views.clone(),
        settings: sandan_web::Settings { demo: demo.is_some(), ..web_settings(&engine, address) },
        shutdown: is_draining.clone(),
        metrics: Some(metrics),
    });
    let stop_control = CancellationToken::new();
    let control = tokio::spawn(Listener::bind(&folder)?.run(Arc::clone(&engine), stop_control.clone()));
    let jobs = Jobs::new(engine.log.clone(), format!("{}/{}", settings.node, Uuid::new_v4()));
    let notices = notices(&engine, &jobs, &url(&settings, address))?;
    let copies = snapshots::start(&engine, &views, &jobs);
    let (promises, reactions) = (promises(&engine, &jobs), reactions(&engine, &jobs));
    let tasks = [promises, reactions, relay(&engine, &jobs), notices, copies, ballots(&engine)];
    clock_watch::start(&engine).await?;
    let http = tokio::spawn(connections::serve(listener, tls, edges(site, traces.is_on())?, is_draining));
    let url = url(&settings, address);
    lock.set_address(&url)?;
    tracing::info!(node = settings.node, %address, data = %settings.data.display(), "serving");
    announce(&engine, &url, demo.as_ref(), options).await?;

    let signal = tokio::select! {
        signal = signals.next() => signal,
        () = key_watch::until_replaced(&engine) => "the master key was replaced",
    };
    tracing::info!(signal, "stopping: answers under way are finished; a second signal cuts them");
    draining.send_replace(true);
    stop_control.cancel();
    let ending = end(&engine, [http, control], tasks);
    tokio::select! {
        ended = ending => ended?,
        _ = signals.next() => tracing::warn!("cut"),
    }
    traces.end().await;
    drop(lock);
    Ok(())
}

/// First nothing new comes in, then what works behind ends, then the files are let go of.
async fn end(engine: &Engine, edges: [JoinHandle<()>; 2], tasks: [JoinHandle<()>; 6]) -> Result<()> {
    for edge in edges {
        _ = edge.await;
    }
    engine.stop();
    for task in tasks {
        _ = tokio::time::timeout(TASKS_END_WITHIN, task).await;
    }
    engine.close().await?;
    tracing::info!("stopped");
    Ok(())
}

fn promises(engine: &Engine, jobs: &Jobs) -> JoinHandle<()> {
    let (app, jobs, shutdown) = (engine.app.clone(), jobs.clone(), engine.shutdown());
    tokio::spawn(async move {
        let keep = |fence| {
            let (app, shutdown) = (app.under(fence), shutdown.clone());
            async move { app.keep_promises(stopped(shutdown)).await }
        };
        jobs.run("promises", stopped(shutdown.clone()), keep).await;
    })
}

fn reactions(engine: &Engine, jobs: &Jobs) -> JoinHandle<()> {
    let (app, jobs, shutdown) = (engine.app.clone(), jobs.clone(), engine.shutdown());
    tokio::spawn(async move {
        let follow = |fence| {
            let (app, shutdown) = (app.under(fence), shutdown.clone());
            async move { app.follow_reactions(stopped(shutdown)).await }
        };
        jobs.run("reactions", stopped(shutdown.clone()), follow).await;
    })
}

/// Every node writes the ballots that it holds, so there is no lease.
fn ballots(engine: &Engine) -> JoinHandle<()> {
    let (app, shutdown) = (engine.app.clone(), engine.shutdown());
    tokio::spawn(async move { app.keep_ballots(stopped(shutdown)).await })
}

/// Without a bus there is nothing to do.
fn relay(engine: &Engine, jobs: &Jobs) -> JoinHandle<()> {
    let (log, nats, jobs, shutdown) = (engine.log.clone(), engine.nats.clone(), jobs.clone(), engine.shutdown());
    tokio::spawn(async move {
        let Some(connection) = nats else { return };
        let relay = |_| {
            let (relay, shutdown) = (Relay::new(log.clone(), connection.clone()), shutdown.clone());
            async move { relay.run(stopped(shutdown)).await }
        };
        jobs.run("relay", stopped(shutdown.clone()), relay).await;
    })
}

/// Mail and webhooks. Their waits run on the machine's clock, also in a rehearsal.
fn notices(engine: &Engine, jobs: &Jobs, url: &str) -> Result<JoinHandle<()>> {
    let settings = sandan_app::notices::Settings {
        smtp: engine.settings.smtp.clone(),
        allow_private: engine.settings.webhooks_allow_private,
        ..sandan_app::notices::Settings::new(url)
    };
    let notices = Notices::new(engine.app.clone(), settings).map_err(|error| {
        let mend = "`sandan check` says what can't be read of the settings for mail and webhooks.";
        Failure::new(Code::ConfigInvalid, format!("notices can't be sent: {error}"), mend)
    })?;
    let (jobs, shutdown) = (jobs.clone(), engine.shutdown());
    Ok(tokio::spawn(async move {
        let send = |fence| {
            let (notices, shutdown) = (notices.under(fence), shutdown.clone());
            async move { notices.run(stopped(shutdown)).await }
        };
        jobs.run("notices", stopped(shutdown.clone()), send).await;
    }))
}

pub(super) async fn stopped(mut shutdown: watch::Receiver<bool>) {
    // The sender is gone only when everything ends.
    _ = shutdown.wait_for(|stop| *stop).await;
}

async fn bind(listen: &str) -> Result<TcpListener> {
    TcpListener::bind(listen).await.map_err(|error| {
        let mend = "Stop the program that listens there, or choose another address with --listen.";
        Failure::new(Code::AddressInUse, format!("can't listen on {listen}: {error}"), mend).into()
    })
}

fn web_settings(engine: &Engine, address: SocketAddr) -> sandan_web::Settings {
    let settings = &engine.settings;
    let rehearsal = engine.clock.rehearsal();
    sandan_web::Settings {
        public_url: settings.public_url.clone(),
        secure: settings.is_secure(),
        loopback: address.ip().is_loopback(),
        rehearsal: rehearsal.map(|Rehearsal { start, speed, .. }| sandan_web::Rehearsal { start, speed }),
        writes_per_minute: settings.writes_per_minute,
        trusted_proxies: settings.trusted_proxies.clone(),
        bus: settings.nats.clone().zip(engine.nats.clone()).map(|(url, nats)| bus::follow(url, nats)),
        ..sandan_web::Settings::default()
    }
}

/// What a person on this machine can open.
fn url(settings: &Settings, address: SocketAddr) -> String {
    let host = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => "127.0.0.1".to_owned(),
        IpAddr::V6(ip) if ip.is_unspecified() => "[::1]".to_owned(),
        IpAddr::V6(ip) => format!("[{ip}]"),
        IpAddr::V4(ip) => ip.to_string(),
    };
    let scheme = if settings.tls.is_some() { "https" } else { "http" };
    settings.public_url.clone().unwrap_or_else(|| format!("{scheme}://{host}:{}", address.port()))
}

/// Said once it listens, and not before.
async fn announce(engine: &Engine, url: &str, demo: Option<&demo::SignIns>, options: Options) -> Result<()> {
    let secret = engine.app.accounts().setup_secret().await?;
    let setup = secret.map(|secret| format!("{url}/set-up/{}", secret.as_str()));
    let clock = engine.clock.rehearsal().map(|rehearsal| rehearsal.pace().to_string());
    let lines = match options.json {
        true => {
            let demo = demo.map(|demo| demo.with_urls(url));
            vec![json!({"url": url, "setup": setup, "demo": demo, "rehearsal": clock}).to_string()]
        }
        false => [
            Some(format!("sandan is ready: {url}")),
            clock.map(|clock| format!("This is a rehearsal: {}. Go on with it by --clock {clock}.", time(engine))),
            setup.map(|setup| format!("There is no administrator yet. Set one up, once, at\n  {setup}")),
            demo.map(|demo| demo.table(url)),
            Some("Stop it with Ctrl-C.".to_owned()),
        ]
        .into_iter()
        .flatten()
        .collect(),
    };
    // That nobody reads it is no reason to end.
    _ = lines.iter().try_for_each(|line| say(line));
    Ok(())
}

/// What the program's clock says, as people there read it.
fn time(engine: &Engine) -> String {
    let now = engine.app.clock().now().to_zoned(engine.app.policy().zone.clone());
    now.strftime("it is %Y-%m-%d %H:%M:%S").to_string()
}

fn warn_of_open_folder(folder: &Folder) {
    if folder.open_to_others().is_ok_and(|bits| bits != 0) {
        let path = folder.root().display();
        tracing::warn!("others on this machine may look into {path}: chmod 700 {path}");
    }
}
