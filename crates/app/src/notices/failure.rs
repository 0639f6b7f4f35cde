//! Why a message could not be delivered.

/// It was not delivered, as far as is known: the receiver may have it and not have said so.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Failure {
    /// It may work later.
    #[error("{0}")]
    Passing(String),
    /// The way there is closed, for every message alike.
    #[error("{0}")]
    Unreachable(String),
    /// It will never work: this message was refused.
    #[error("{0}")]
    Permanent(String),
    /// The receiver wants nothing any more (410).
    #[error("{0}")]
    Gone(String),
}
