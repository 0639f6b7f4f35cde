//! Which bus runs: inside the process, or over NATS. It may be down: then everything goes through the log.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use sandan_bus::nats::{self, Connection, NatsBus, NatsError, NatsOptions};
use sandan_bus::{Bus, LocalBus};
use sandan_log::Log;
use tokio::sync::watch;

use crate::config::{Url, invalid};
use crate::failure::{Code, Failure};

/// How often is looked whether the servers are there.
const LOOK: Duration = Duration::from_millis(500);

/// Comes up whenever the servers do.
pub async fn connect(url: &Url, node: &str) -> Result<Connection> {
    Connection::open(options(url, node)?).await.map_err(|error| failure(url, &error).into())
}

/// Reaches the servers now, or says why not.
pub async fn probe(url: &Url, node: &str) -> Result<Connection> {
    Connection::probe(options(url, node)?).await.map_err(|error| failure(url, &error).into())
}

fn options(url: &Url, node: &str) -> Result<NatsOptions> {
    let mut options = NatsOptions::parse(url.whole()).map_err(|error| {
        invalid(format!("--nats: {}", url.redact(&error.to_string())), "Write it like nats://a,nats://b,nats://c.")
    })?;
    options.name = format!("sandan {node}");
    Ok(options)
}

/// The bus over that connection, or the one in the process.
pub fn bus(log: Arc<dyn Log>, nats: Option<&Connection>) -> Arc<dyn Bus> {
    match nats {
        Some(connection) => Arc::new(NatsBus::new(log, connection.clone())),
        None => Arc::new(LocalBus::new(log)),
    }
}

/// Tells for ever whether the servers are there, and says so once each time it changes; also whether they can be used.
pub fn follow(url: Url, connection: Connection) -> watch::Receiver<bool> {
    let (told, is_up) = watch::channel(false);
    tokio::spawn(async move {
        while !told.is_closed() {
            let is_connected = connection.is_connected();
            if told.send_if_modified(|told| std::mem::replace(told, is_connected) != is_connected) {
                match is_connected {
                    true => {
                        tracing::info!("the bus is up");
                        warn_if_unfit(&url, &connection).await;
                    }
                    false => tracing::warn!("the bus is down: nodes hear of each other through the log"),
                }
            }
            tokio::time::sleep(LOOK).await;
        }
    });
    is_up
}

/// A node goes on without a bus that is of no use to it, so somebody must be told which page to read.
async fn warn_if_unfit(url: &Url, connection: &Connection) {
    let looked = match connection.check_server().await {
        Ok(()) => nats::status(connection).await.map(|_| ()),
        Err(error) => Err(error),
    };
    match looked {
        // It may have gone away again.
        Ok(()) | Err(NatsError::Unreachable { .. } | NatsError::Failed(_)) => {}
        Err(error) => {
            let Failure { code, message, mend } = failure(url, &error);
            tracing::error!(code = code.name(), page = code.page(), mend, "{message}");
        }
    }
}

/// What an operator can do about it.
pub fn failure(url: &Url, error: &NatsError) -> Failure {
    let (code, mend) = match error {
        NatsError::Address { .. } => (Code::ConfigInvalid, "Write it like nats://a,nats://b,nats://c."),
        NatsError::Credentials { .. } => (Code::ConfigInvalid, "The file must be readable by this user."),
        NatsError::Unreachable { .. } | NatsError::Failed(_) => {
            (Code::BusUnreachable, "Check that nats-server runs there. Nodes go on without it meanwhile.")
        }
        NatsError::Refused { .. } => (Code::BusRefused, "Check user and password, or the token, in --nats."),
        NatsError::NoJetStream { .. } => {
            (Code::BusRefused, "Switch JetStream on in the server's settings, for this account.")
        }
        NatsError::TooOld { .. } => (Code::BusTooOld, "Upgrade nats-server."),
        NatsError::StreamDiffers { .. } | NatsError::StreamRefused { .. } => (
            Code::BusStreamForeign,
            "Give this installation an account of its own, or remove the stream: it is filled again.",
        ),
    };
    Failure::new(code, url.redact(&format!("can't use the bus {url}: {error}")), mend)
}
