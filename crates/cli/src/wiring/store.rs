//! Which log runs: one file of this node's own, or a database that several nodes share.

use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use sandan_log::{Clock, Log, LogError, Movable, SqliteLog, SqliteOptions};

use crate::config::{Settings, not_built};
use crate::failure::{Code, Failure};
use crate::folder::Folder;

/// The log that was opened, as the thing it is.
#[derive(Clone)]
pub enum Store {
    Embedded(Arc<SqliteLog>),
}

impl Store {
    /// Opens what `settings` name; an embedded log is made where there is none.
    pub async fn open(settings: &Settings, folder: &Folder, clock: Clock) -> Result<Self> {
        if settings.database.is_some() {
            return Err(not_built("--database (SANDAN_DATABASE)", "the log is kept in the data folder"));
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
        }
    }

    pub fn log(&self) -> Arc<dyn Log> {
        match self {
            Self::Embedded(log) => log.clone(),
        }
    }

    /// Whether other nodes may be on it too.
    pub const fn is_shared(&self) -> bool {
        match self {
            Self::Embedded(_) => false,
        }
    }
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
