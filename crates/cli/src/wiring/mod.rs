//! The parts put together: which log, which bus, which clock. Only this folder knows.

pub mod blobs;
pub mod bus;
mod clock;
pub mod key;
pub mod shelf;
mod store;

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use sandan_app::{App, Clock, Parts};
use sandan_bus::nats::Connection;
use sandan_domain::time::Policy;
use sandan_log::Log;
use sandan_vault::Vault;
use sandan_views::{Shelf, Views};
use tokio::sync::OnceCell;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::config::Settings;
use crate::control::{Reporter, Unit};
use crate::folder::Folder;
use crate::rehearsal::Kept;
use clock::{LateClock, Time};
pub use store::{Store, no_database};

/// How long a wait for the read models goes on before it says how far they are.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// Everything behind the edges, open. Whoever opens it has the data folder's lock.
pub struct Engine {
    pub settings: Settings,
    pub folder: Folder,
    pub log: Arc<dyn Log>,
    /// The same log, as the thing it is.
    pub store: Store,
    pub app: App,
    /// Which clock the log was begun with.
    pub clock: Kept,
    /// The bus to other nodes, of a server that has one. Other commands read the log.
    pub nats: Option<Connection>,
    /// Where copies of the read models are kept for other nodes, if they could find them there.
    pub shelf: Option<Arc<dyn Shelf>>,
    /// Opened when first needed: many commands never look at them.
    views: OnceCell<Running>,
    /// Turns true when everything is to end.
    shutdown: watch::Sender<bool>,
}

/// The read models and the task that feeds them.
struct Running {
    views: Views,
    feed: JoinHandle<()>,
}

impl Engine {
    /// With the clock that the log was begun with.
    pub async fn open(settings: &Settings) -> Result<Self> {
        Self::open_with(settings, Time::Kept).await
    }

    /// The same, for a server: refused if the settings name another clock.
    pub async fn open_to_serve(settings: &Settings) -> Result<Self> {
        Self::open_with(settings, Time::Agreed).await
    }

    /// With another clock: the demonstration lives through some weeks before it is opened.
    pub async fn open_at(settings: &Settings, clock: Clock) -> Result<Self> {
        Self::open_with(settings, Time::Told(clock)).await
    }

    async fn open_with(settings: &Settings, time: Time) -> Result<Self> {
        let folder = Folder::new(&settings.data);
        folder.create()?;
        let serves = matches!(time, Time::Agreed);
        let late = LateClock::default();
        let store = Store::open(settings, &folder, late.as_fn()).await?;
        let log = store.log();
        let (kept, clock) = late.find(log.as_ref(), settings, time).await?;
        let key = key::master_key(settings, &store, log.as_ref()).await?;
        if serves && store.is_shared() && settings.key_file.is_none() {
            tracing::warn!("the master key is in the database, beside what it locks: see docs/master-key.md");
        }
        let vault = Vault::unlock(&key, log.clone()).await.map_err(|error| key::wrong(settings, &store, &error))?;
        let attachments = blobs::open(settings)?;
        let policy = Arc::new(Policy::standard());
        let app = App::open(Parts { log: log.clone(), vault, policy, clock, attachments });
        app.let_webhooks_go_private(settings.webhooks_allow_private);
        let (shutdown, _) = watch::channel(false);
        let nats = match &settings.nats {
            Some(url) if serves => Some(bus::connect(url, &settings.node).await?),
            _ => None,
        };
        let (shelf, settings, views) = (shelf::open(settings)?, settings.clone(), OnceCell::new());
        Ok(Self { settings, folder, log, store, app, clock: kept, nats, shelf, views, shutdown })
    }

    /// The read models, which go on being fed from now on.
    pub async fn views(&self) -> Result<&Views> {
        let running = self.views.get_or_try_init(|| self.start_views()).await?;
        Ok(&running.views)
    }

    /// The read models when they show everything that is in the log now.
    pub async fn views_caught_up(&self, to: &Reporter) -> Result<&Views> {
        let views = self.views().await?;
        let head = self.log.head().await?.position;
        while views.wait(head, BETWEEN_LOOKS).await.is_err() {
            let poisoned = views.status().await?.into_iter().find_map(poison);
            if let Some(reason) = poisoned {
                anyhow::bail!("the read models have stopped: {reason}; `sandan views rebuild` makes them anew");
            }
            to.progress(views.position(), Some(head), Unit::Events);
        }
        Ok(views)
    }

    async fn start_views(&self) -> Result<Running> {
        let bus = bus::bus(self.log.clone(), self.nats.as_ref());
        let parts = sandan_views::Parts {
            folder: self.folder.root().to_owned(),
            log: self.log.clone(),
            bus,
            vault: self.app.vault().clone(),
            policy: self.app.policy().clone(),
            clock: self.app.clock().as_fn(),
        };
        if let Some(shelf) = &self.shelf {
            Views::adopt(&parts, shelf.as_ref()).await.context("look for copies of the read models")?;
        }
        let views = Views::open(parts).await.context("open the read models")?;
        let feed = tokio::spawn({
            let (views, shutdown) = (views.clone(), self.shutdown.subscribe());
            async move { views.run(shutdown).await }
        });
        Ok(Running { views, feed })
    }

    /// Turns true when everything is to end.
    pub fn shutdown(&self) -> watch::Receiver<bool> {
        self.shutdown.subscribe()
    }

    /// Tells everything to end, without waiting.
    pub fn stop(&self) {
        self.shutdown.send_replace(true);
    }

    /// Ends everything and lets go of the files. What was accepted is written.
    pub async fn close(&self) -> Result<()> {
        self.stop();
        if let Some(running) = self.views.get() {
            ended(&running.feed).await;
        }
        self.log.close().await.context("close the log")
    }
}

/// Waits for a task that was told to end, but not for ever.
async fn ended(task: &JoinHandle<()>) {
    let patience = tokio::time::Instant::now() + Duration::from_secs(5);
    while !task.is_finished() && tokio::time::Instant::now() < patience {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

fn poison(status: sandan_views::ModelStatus) -> Option<String> {
    match status.state {
        sandan_views::Running::Poisoned { position, reason } => Some(format!("position {position}: {reason}")),
        _ => None,
    }
}
