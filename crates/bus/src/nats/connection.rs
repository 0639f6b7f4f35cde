//! The connection to the servers: it comes up by itself, whenever they do.

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::{Context, context};
use async_nats::{Client, ConnectErrorKind, ConnectOptions, Event};
use tokio::sync::watch;

use super::{NatsError, NatsOptions};

/// The oldest server whose streams do all that is asked of them here.
const VERSION_MIN: (u64, u64) = (2, 10);
const VERSION_MIN_SHOWN: &str = "2.10";
/// An answer or an acknowledgement that does not come for so long is taken for lost.
const ACK_WITHIN: Duration = Duration::from_secs(2);
/// Messages that may wait for a subscriber. Beyond that the library drops them, and the log is asked.
const SUBSCRIPTION_MESSAGES_MAX: usize = 16_384;
const RECONNECT_FIRST: Duration = Duration::from_millis(50);
const RECONNECT_LAST: Duration = Duration::from_secs(2);

/// Cheap to clone; all clones are one connection.
#[derive(Clone)]
pub struct Connection {
    pub(crate) client: Client,
    pub(crate) jetstream: Context,
    pub(crate) options: Arc<NatsOptions>,
    connected: watch::Receiver<bool>,
}

impl Connection {
    /// Connects in the background and goes on trying for ever: a node starts without NATS, too.
    pub async fn open(options: NatsOptions) -> Result<Self, NatsError> {
        let (is_connected, connected) = watch::channel(false);
        let connecting = connecting(&options, Some(is_connected)).await?.retry_on_initial_connect();
        let client = connecting.connect(options.servers.clone()).await;
        let client = client.map_err(|error| unreachable(&options, &error))?;
        Ok(Self::over(client, options, connected))
    }

    /// Connects now or says why not.
    pub async fn probe(options: NatsOptions) -> Result<Self, NatsError> {
        let (is_connected, connected) = watch::channel(true);
        let client = connecting(&options, Some(is_connected)).await?.connect(options.servers.clone()).await;
        let connection = Self::over(client.map_err(|error| unreachable(&options, &error))?, options, connected);
        connection.check_server().await?;
        Ok(connection)
    }

    fn over(client: Client, options: NatsOptions, connected: watch::Receiver<bool>) -> Self {
        let context = context::ContextBuilder::new().timeout(ACK_WITHIN).ack_timeout(ACK_WITHIN);
        let jetstream = context.backpressure_on_inflight(false).build(client.clone());
        Self { client, jetstream, options: Arc::new(options), connected }
    }

    /// Whether the servers are too old, or without JetStream.
    pub async fn check_server(&self) -> Result<(), NatsError> {
        let version = self.server_version();
        if number(&version).is_none_or(|version| version < VERSION_MIN) {
            return Err(NatsError::TooOld { found: version, wanted: VERSION_MIN_SHOWN });
        }
        match self.jetstream.query_account().await {
            Ok(_) => Ok(()),
            Err(error) if matches!(error.kind(), context::AccountErrorKind::TimedOut) => Err(NatsError::failed(error)),
            Err(error) => Err(NatsError::NoJetStream { reason: error.to_string() }),
        }
    }

    pub fn is_connected(&self) -> bool {
        *self.connected.borrow()
    }

    /// As the server states it.
    pub fn server_version(&self) -> String {
        self.client.server_info().version
    }

    /// Copies that a new stream gets.
    pub(crate) fn replicas(&self) -> usize {
        let servers = self.client.server_info().connect_urls.len().max(self.options.servers.len());
        self.options.replicas.unwrap_or(if servers >= 3 { 3 } else { 1 })
    }

    /// Returns once there is a connection.
    pub(crate) async fn up(&self) {
        // The sender lives as long as the client, and that as long as this.
        _ = self.connected.clone().wait_for(|connected| *connected).await;
    }

    /// Returns once there is none.
    pub(crate) async fn down(&self) {
        _ = self.connected.clone().wait_for(|connected| !*connected).await;
    }
}

async fn connecting(
    options: &NatsOptions,
    is_connected: Option<watch::Sender<bool>>,
) -> Result<ConnectOptions, NatsError> {
    let mut connecting = ConnectOptions::new();
    if let Some(path) = &options.credentials {
        let shown = path.display().to_string();
        let read = ConnectOptions::with_credentials_file(path).await;
        connecting = read.map_err(|error| NatsError::Credentials { path: shown, reason: error.to_string() })?;
    }
    let user = options.servers.iter().find_map(|server| Some((server.username()?, server.password())));
    connecting = match user {
        Some((user, Some(password))) => connecting.user_and_password(user.to_owned(), password.to_owned()),
        // A user alone is a token, as in other clients' addresses.
        Some((token, None)) => connecting.token(token.to_owned()),
        None => connecting,
    };
    let told = move |event: Event| {
        match &event {
            Event::Connected => tell(is_connected.as_ref(), true),
            Event::Disconnected | Event::Closed => tell(is_connected.as_ref(), false),
            Event::ServerError(error) => tracing::warn!(%error, "NATS says no"),
            Event::SlowConsumer(_) => metrics::counter!("sandan_bus_dropped_total").increment(1),
            _ => {}
        }
        std::future::ready(())
    };
    Ok(connecting
        .name(&options.name)
        .event_callback(told)
        .max_reconnects(None)
        .reconnect_delay_callback(pause)
        .subscription_capacity(SUBSCRIPTION_MESSAGES_MAX))
}

fn tell(is_connected: Option<&watch::Sender<bool>>, now: bool) {
    metrics::gauge!("sandan_bus_connected").set(if now { 1.0 } else { 0.0 });
    let changed = is_connected.is_some_and(|known| known.send_replace(now) != now);
    match now {
        true if changed => tracing::info!("connected to NATS"),
        false if changed => tracing::warn!("no connection to NATS: events come from the log until there is one"),
        _ => {}
    }
}

fn pause(attempts: usize) -> Duration {
    RECONNECT_FIRST.saturating_mul(1 << attempts.min(6)).min(RECONNECT_LAST)
}

fn unreachable(options: &NatsOptions, error: &async_nats::ConnectError) -> NatsError {
    let servers = options.shown();
    match error.kind() {
        ConnectErrorKind::Authentication | ConnectErrorKind::AuthorizationViolation => NatsError::Refused { servers },
        _ => NatsError::Unreachable { servers, reason: error.to_string() },
    }
}

/// Major and minor number of a version.
fn number(version: &str) -> Option<(u64, u64)> {
    let mut parts = version.split('.').map(|part| part.parse().ok());
    Some((parts.next()??, parts.next()??))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_as_numbers() {
        assert!(number("2.9.10").unwrap() < VERSION_MIN);
        assert!(number("2.15.1").unwrap() > VERSION_MIN);
        assert_eq!(number("2.10.0-RC.1"), Some(VERSION_MIN));
        assert_eq!(number("nats"), None);
    }
}
