//! The parts put together: which log, which bus, which clock. Only this file knows.

use std::path::Path;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use anyhow::{Context, Result};
use jiff::Timestamp;
use sandan_app::{App, Clock, FolderBlobs, Parts};
use sandan_bus::LocalBus;
use sandan_domain::time::Policy;
use sandan_log::{Log, LogError, SqliteLog, SqliteOptions};
use sandan_vault::{MasterKey, Vault};
use sandan_views::Views;
use tokio::sync::OnceCell;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::config::Settings;
use crate::control::{Reporter, Unit};
use crate::failure::{Code, Failure};
use crate::folder::Folder;
use crate::rehearsal::{self, Kept};

/// How long a wait for the read models goes on before it says how far they are.
const BETWEEN_LOOKS: Duration = Duration::from_millis(200);

/// Everything behind the edges, open. Whoever opens it has the data folder's lock.
pub struct Engine {
    pub settings: Settings,
    pub folder: Folder,
    pub log: Arc<SqliteLog>,
    pub app: App,
    /// Which clock the log was begun with.
    pub clock: Kept,
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
        let path = folder.log();
        let key = master_key(settings, &path)?;
        let late = LateClock::default();
        let options = SqliteOptions { clock: late.as_fn(), ..SqliteOptions::default() };
        let log = SqliteLog::open(&path, options).await.map_err(|error| unusable(&path, error))?;
        let log = Arc::new(log);
        let (kept, clock) = late.find(log.as_ref(), settings, time).await?;
        let vault = Vault::new(key, log.clone());
        vault.check_master().await.map_err(|error| wrong_key(settings, &error))?;
        let attachments = Arc::new(FolderBlobs::new(folder.attachments()));
        let policy = Arc::new(Policy::standard());
        let app = App::open(Parts { log: log.clone(), vault, policy, clock, attachments });
        let (shutdown, _) = watch::channel(false);
        let (settings, views) = (settings.clone(), OnceCell::new());
        Ok(Self { settings, folder, log, app, clock: kept, views, shutdown })
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
        let bus = LocalBus::new(self.log.clone());
        let views = Views::open(sandan_views::Parts {
            folder: self.folder.root().to_owned(),
            log: self.log.clone(),
            bus: Arc::new(bus),
            vault: self.app.vault().clone(),
            policy: self.app.policy().clone(),
            clock: self.app.clock().as_fn(),
        });
        let views = views.await.context("open the read models")?;
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

/// Whose word about the time holds.
enum Time {
    /// The log's. A new log takes the settings'.
    Kept,
    /// The same, and the settings must say so too.
    Agreed,
    /// That of whoever opens it; the log gets no word about it.
    Told(Clock),
}

/// The log's clock. Which one it is stands in the log itself, and so it is known only when that is open.
#[derive(Default)]
struct LateClock(Arc<OnceLock<Clock>>);

impl LateClock {
    fn as_fn(&self) -> sandan_log::Clock {
        let clock = Arc::clone(&self.0);
        Arc::new(move || clock.get().map_or_else(Timestamp::now, Clock::now))
    }

    /// Nothing may be appended before: the log's time would not go back to a rehearsal's.
    async fn find(self, log: &dyn Log, settings: &Settings, time: Time) -> Result<(Kept, Clock)> {
        let known = rehearsal::kept(log).await?;
        let kept = known.unwrap_or_else(|| Kept::beginning(settings.clock));
        if matches!(time, Time::Agreed) {
            rehearsal::agree(&kept, settings.clock)?;
        }
        let is_told = matches!(time, Time::Told(_));
        let clock = if let Time::Told(clock) = time { clock } else { kept.clock() };
        let clock = self.0.get_or_init(|| clock).clone();
        if known.is_none() && !is_told {
            rehearsal::begin(log, &kept).await?;
        }
        Ok((kept, clock))
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

/// A log without its key can't be read: then a new key would only hide what is missing.
fn master_key(settings: &Settings, log: &Path) -> Result<MasterKey> {
    let path = settings.key_file();
    if log.exists() && !path.exists() {
        let message = format!("the master key {} is missing, and the log needs it", path.display());
        let mend = "Put the key's file back, from the backup that was taken with the log, or name it with --key-file.";
        return Err(Failure::new(Code::FolderUnusable, message, mend).into());
    }
    MasterKey::load_or_create(&path).map_err(|error| {
        let mend = "The key's file must be readable and writable by this user, and by nobody else.";
        Failure::new(Code::FolderUnusable, format!("{:#}", anyhow::Error::new(error)), mend).into()
    })
}

fn wrong_key(settings: &Settings, error: &sandan_vault::VaultError) -> anyhow::Error {
    let message = format!("{}: {error}", settings.key_file().display());
    Failure::new(Code::FolderUnusable, message, "").into()
}

fn unusable(path: &Path, error: LogError) -> anyhow::Error {
    let mend = match &error {
        LogError::DiskFull => "Make room on the disk that holds the data folder, and start again.",
        LogError::Damaged { .. } => "Restore the newest backup into an empty folder: `sandan restore`.",
        LogError::Newer { .. } => "Install the version of sandan that wrote it, or a newer one.",
        LogError::Unusable(_) | LogError::Storage(_) => "`sandan check` says more about the data folder.",
        _ => "",
    };
    Failure::new(Code::LogBroken, format!("can't open the log {}: {error}", path.display()), mend).into()
}
