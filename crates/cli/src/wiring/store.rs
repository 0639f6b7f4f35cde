//! Which log runs: one file of this node's own, or a database that several nodes share.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use sandan_log::{Clock, Log, LogError, Movable, PostgresLog, PostgresOptions, SqliteLog, SqliteOptions};

use crate::config::{Database, Settings};
use crate::failure::{Code, Failure};
use crate::folder::Folder;

/// The log that was opened, as the thing it is.
#[derive(Clone)]
pub enum Store {
    Embedded(Arc<SqliteLog>),
    Shared(Arc<PostgresLog>),
}

impl Store {
    /// Opens what `settings` name; an embedded log is made where there is none.
    pub async fn open(settings: &Settings, folder: &Folder, clock: Clock) -> Result<Self> {
        if let Some(database) = &settings.database {
            return shared(database, clock).await;
        }
        let path = folder.log();
        let options = SqliteOptions { clock, ..SqliteOptions::default() };
        let log = SqliteLog::open(&path, options).await.map_err(|error| unusable(&path, error))?;
        Ok(Self::Embedded(Arc::new(log)))
    }

    /// The log as something that can be moved whole.
    pub fn movable(&self) -> Arc<dyn Movable> {
        match self {
            Self::Embedded(log) => log.clone(),
            Self::Shared(log) => log.clone(),
        }
    }

    pub fn log(&self) -> Arc<dyn Log> {
        match self {
            Self::Embedded(log) => log.clone(),
            Self::Shared(log) => log.clone(),
        }
    }

    /// Whether other nodes may be on it too.
    pub const fn is_shared(&self) -> bool {
        matches!(self, Self::Shared(_))
    }
}

async fn shared(database: &Database, clock: Clock) -> Result<Store> {
    let options = PostgresOptions { clock, readers: database.readers(), ..PostgresOptions::default() };
    match PostgresLog::open(database.url.whole(), options).await {
        Ok(log) => Ok(Store::Shared(Arc::new(log))),
        Err(error) => Err(no_database(database, error)),
    }
}

/// Says which database, and never its password.
pub fn no_database(database: &Database, error: LogError) -> anyhow::Error {
    let said = database.url.redact(&error.to_string());
    let failure = Failure::of(&anyhow::Error::new(error));
    let code = if failure.code == Code::Failed { Code::LogBroken } else { failure.code };
    let mend = if failure.mend.is_empty() { "`sandan check` says more about the database." } else { &failure.mend };
    Failure::new(code, format!("can't open the log in {}: {said}", database.url), mend).into()
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
