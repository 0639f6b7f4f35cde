//! What SQLite's errors mean to whoever uses the log.

use std::io;
use std::path::Path;

use rusqlite::ErrorCode;
use tokio::task::JoinError;

use crate::{AppendError, LogError};

impl From<rusqlite::Error> for LogError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            _ => Self::Storage(error.to_string()),
        }
    }
}

impl From<rusqlite::Error> for AppendError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Log(error.into())
    }
}

/// A failed operation on the file itself.
pub(super) fn at(path: &Path, error: &io::Error) -> LogError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => LogError::DiskFull,
        _ => LogError::Storage(format!("{}: {error}", path.display())),
    }
}

/// A blocking task that did not come back: the runtime is shutting down.
pub(super) fn lost(error: JoinError) -> LogError {
    LogError::Storage(error.to_string())
}
