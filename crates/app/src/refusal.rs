//! Why a command was not carried out: the rules say no, the input can't stand, or we failed.

use sandan_domain::{InputError, Rejection};
use sandan_log::LogError;

/// Every way in which a command can go unfulfilled. Nothing of it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// This caller may not (403).
    #[error("{detail}")]
    Forbidden { detail: String },
    /// Nothing by that name or code (404).
    #[error("there is nothing by that name")]
    NotFound,
    /// The call needs an account or a token (401).
    #[error("sign in, or send a token")]
    NotSignedIn,
    /// The rules say no; [`Rejection::class`] says which status that is.
    #[error("{rejection}")]
    Rejected {
        rejection: Rejection,
        /// The request's state, and the steps that it permits.
        state: Option<&'static str>,
        permitted: Vec<&'static str>,
    },
    /// All fields that can't stand, together (422).
    #[error("{}", sentence(.0))]
    Invalid(Vec<FieldError>),
    /// The idempotency key came before with another content (422).
    #[error("this idempotency key was used before with another content")]
    KeyReused,
    /// Too many others changed the same thing at once (503).
    #[error("too many others changed the same thing at once; try again")]
    Contended,
    /// The queue to the log is full (503).
    #[error("the node is overloaded; try again")]
    Overloaded,
    /// The store can't be reached (503).
    #[error("the store can't be reached: {0}")]
    Unavailable(String),
    /// No room where the log is kept (503, and an operator must act).
    #[error("no room is left where the log is kept")]
    DiskFull,
    /// We failed (500). Logged once, here at its source.
    #[error("failed to {0}")]
    Failed(String),
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// As in the API, with dots: `requester.phone`.
    pub field: String,
    pub error: InputError,
}

impl Refusal {
    /// One field that can't stand.
    pub fn field(field: impl Into<String>, error: InputError) -> Self {
        Self::Invalid(vec![FieldError { field: field.into(), error }])
    }

    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::Forbidden { detail: detail.into() }
    }

    /// A stable word, for metrics and problem types.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Forbidden { .. } => "forbidden",
            Self::NotFound => "not-found",
            Self::NotSignedIn => "not-signed-in",
            Self::Rejected { rejection, .. } => rejection.code(),
            Self::Invalid(_) => "invalid",
            Self::KeyReused => "key-reused",
            Self::Contended => "contended",
            Self::Overloaded => "overloaded",
            Self::Unavailable(_) => "unavailable",
            Self::DiskFull => "disk-full",
            Self::Failed(_) => "failed",
        }
    }

    /// Whether the same command may succeed in a while, the state being what it is.
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Contended | Self::Overloaded | Self::Unavailable(_) | Self::DiskFull)
    }
}

impl From<LogError> for Refusal {
    fn from(error: LogError) -> Self {
        match error {
            LogError::DiskFull => Self::DiskFull,
            error if error.is_passing() => Self::Unavailable(error.to_string()),
            error => {
                tracing::error!(%error, "the log can't be used");
                Self::Failed(format!("use the log: {error}"))
            }
        }
    }
}

fn sentence(fields: &[FieldError]) -> String {
    fields.iter().map(|FieldError { field, error }| format!("{field} {error}")).collect::<Vec<_>>().join("; ")
}
