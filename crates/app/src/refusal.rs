//! Why a command was not carried out: the rules say no, the input can't stand, or we failed.

use std::fmt;
use std::time::Duration;

use sandan_domain::{Class, InputError, Rejection, request};
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
        /// Of the request, evaluation or project: its state, and the steps that it permits.
        state: Option<&'static str>,
        permitted: Vec<&'static str>,
    },
    /// All fields that can't stand, together (422).
    #[error("{}", sentence(.0))]
    Invalid(Vec<FieldError>),
    /// The idempotency key came before with another content (422).
    #[error("this idempotency key was used before with another content")]
    KeyReused,
    /// Too many calls without a token from one address (429).
    #[error("too many calls from this address; come again later, or send a token")]
    TooOften { retry_after: Duration },
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
            Self::TooOften { .. } => "too-often",
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

/// What kind of no it is. Each edge has a status for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    NotSignedIn,
    Forbidden,
    NotFound,
    /// Not in this state: [`Refusal::permitted`] says which steps are.
    Conflict,
    /// [`Refusal::faults`] names each field.
    Invalid,
    TooOften,
    /// The same may succeed in a while.
    Busy,
    Failed,
}

/// What is wrong with one field, as an edge tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub field: String,
    /// A stable word.
    pub code: &'static str,
    pub why: Why,
}

/// Displays as a fragment that fits after the field's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    Input(InputError),
    Rule(Rejection),
    KeyReused,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(error) => error.fmt(f),
            Self::Rule(rejection) => rejection.fmt(f),
            Self::KeyReused => Refusal::KeyReused.fmt(f),
        }
    }
}

impl Refusal {
    pub const fn standing(&self) -> Standing {
        match self {
            Self::Forbidden { .. } => Standing::Forbidden,
            Self::NotFound => Standing::NotFound,
            Self::NotSignedIn => Standing::NotSignedIn,
            Self::Rejected { rejection, .. } => match rejection.class() {
                Class::Forbidden => Standing::Forbidden,
                Class::NotFound => Standing::NotFound,
                Class::Conflict => Standing::Conflict,
                Class::Input { .. } => Standing::Invalid,
            },
            Self::Invalid(_) | Self::KeyReused => Standing::Invalid,
            Self::TooOften { .. } => Standing::TooOften,
            Self::Contended | Self::Overloaded | Self::Unavailable(_) | Self::DiskFull => Standing::Busy,
            Self::Failed(_) => Standing::Failed,
        }
    }

    /// The state that is the reason, and the steps that it permits; of a [`Standing::Conflict`] alone.
    pub fn permitted(&self) -> Option<(&'static str, &[&'static str])> {
        match self {
            Self::Rejected { state: Some(state), permitted, .. } if self.standing() == Standing::Conflict => {
                Some((*state, permitted))
            }
            _ => None,
        }
    }

    /// Every field that can't stand; of a [`Standing::Invalid`] alone.
    pub fn faults(&self) -> Vec<Fault> {
        match self {
            Self::Invalid(fields) => fields.iter().map(Fault::of_field).collect(),
            Self::KeyReused => {
                vec![Fault { field: "Idempotency-Key".to_owned(), code: self.code(), why: Why::KeyReused }]
            }
            Self::Rejected { rejection, .. } => Fault::of_rule(rejection).into_iter().collect(),
            _ => Vec::new(),
        }
    }
}

impl Fault {
    fn of_field(FieldError { field, error }: &FieldError) -> Self {
        Self { field: field.clone(), code: error.code(), why: Why::Input(error.clone()) }
    }

    fn of_rule(rejection: &Rejection) -> Option<Self> {
        let Class::Input { field } = rejection.class() else { return None };
        let why = match rejection {
            Rejection::Request(request::Rejection::Input { error, .. }) => Why::Input(error.clone()),
            _ => Why::Rule(rejection.clone()),
        };
        Some(Self { field: field.to_owned(), code: rejection.code(), why })
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
