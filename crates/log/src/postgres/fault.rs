//! What Postgres' errors mean to whoever uses the log.

use std::error::Error as _;
use std::io;

use deadpool_postgres::{PoolError, TimeoutType};
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

use crate::{AppendError, LogError};

impl From<Error> for LogError {
    fn from(error: Error) -> Self {
        let told = told(&error);
        let Some(db) = error.as_db_error() else { return without_code(&error, told) };
        let code = db.code();
        match code {
            &SqlState::DISK_FULL => Self::DiskFull,
            &SqlState::INVALID_PASSWORD
            | &SqlState::INVALID_AUTHORIZATION_SPECIFICATION
            | &SqlState::INSUFFICIENT_PRIVILEGE => Self::Denied(told),
            &SqlState::INVALID_CATALOG_NAME => Self::NoDatabase(told),
            &SqlState::READ_ONLY_SQL_TRANSACTION => Self::ReadOnly(told),
            &SqlState::ADMIN_SHUTDOWN
            | &SqlState::CRASH_SHUTDOWN
            | &SqlState::CANNOT_CONNECT_NOW
            | &SqlState::IDLE_SESSION_TIMEOUT
            | &SqlState::TOO_MANY_CONNECTIONS => Self::Unreachable(told),
            // Connection exceptions.
            code if code.code().starts_with("08") => Self::Unreachable(told),
            _ => Self::Storage(told),
        }
    }
}

impl From<Error> for AppendError {
    fn from(error: Error) -> Self {
        Self::Log(error.into())
    }
}

impl From<PoolError> for LogError {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => error.into(),
            PoolError::Closed => Self::Closed,
            PoolError::Timeout(TimeoutType::Wait) => Self::Unreachable("all connections are in use".to_owned()),
            error => Self::Unreachable(error.to_string()),
        }
    }
}

/// The client's own errors carry no kind that a program can read, only these words.
fn without_code(error: &Error, told: String) -> LogError {
    let words = error.to_string();
    let refused = error.source().and_then(|source| source.downcast_ref::<io::Error>());
    if words.starts_with("error performing TLS handshake") {
        return LogError::NoTls(told);
    }
    if refused.is_some_and(|error| error.to_string() == "database does not allow writes") {
        return LogError::ReadOnly("no server of those named takes writes".to_owned());
    }
    if words.starts_with("authentication error") || words.starts_with("invalid configuration") {
        return LogError::Denied(told);
    }
    let is_away = error.is_closed() || refused.is_some() || words.starts_with("timeout");
    if is_away { LogError::Unreachable(told) } else { LogError::Storage(told) }
}

/// Everything that is known of it. What a server says may hold a row's words only in its detail, which stays out.
fn told(error: &Error) -> String {
    match (error.as_db_error(), error.source()) {
        (Some(db), _) => db.message().to_owned(),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}

/// Whether the connection is gone, and with it the knowledge of what became of what was sent.
pub(super) fn is_away(error: &LogError) -> bool {
    matches!(error, LogError::Unreachable(_) | LogError::ReadOnly(_))
}
