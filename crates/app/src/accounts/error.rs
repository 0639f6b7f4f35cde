//! How accounts can fail.

use jiff::Timestamp;
use sandan_domain::InputError;
use sandan_log::{AppendError, LogError};

/// The store can't be asked: 503, never 401.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("accounts can't be looked up: {0}")]
pub struct Unavailable(pub String);

impl From<LogError> for Unavailable {
    fn from(error: LogError) -> Self {
        Self(error.to_string())
    }
}

/// An account or token could not be made or changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountError {
    #[error("{field} {error}")]
    Input { field: &'static str, error: InputError },
    #[error("there is no account {0}")]
    NotFound(String),
    #[error("there is no such token")]
    NoToken,
    /// The set-up link was used, or there is an administrator already.
    #[error("this set-up link is not valid any more")]
    SetUpBefore,
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl From<LogError> for AccountError {
    fn from(error: LogError) -> Self {
        Unavailable::from(error).into()
    }
}

impl From<AppendError> for Unavailable {
    fn from(error: AppendError) -> Self {
        Self(error.to_string())
    }
}

/// Somebody could not be signed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignInError {
    /// No such account, or another password: which of the two is not said.
    #[error("name or password is wrong")]
    Wrong,
    #[error("too many wrong passwords; try again after {until}")]
    LockedOut { until: Timestamp },
    /// Said only to who knows the password.
    #[error("this account is disabled")]
    Disabled,
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}
