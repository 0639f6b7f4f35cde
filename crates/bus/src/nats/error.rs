//! Why NATS can't be used, as an operator can mend it.

/// What stands in the way. Messages are fragments that fit after "failed to use NATS".
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NatsError {
    /// The address is none.
    #[error("{url:?} is not an address like nats://host:4222: {reason}")]
    Address { url: String, reason: String },
    /// A credentials file can't be read.
    #[error("the credentials file {path}: {reason}")]
    Credentials { path: String, reason: String },
    #[error("no server answers at {servers}: {reason}")]
    Unreachable { servers: String, reason: String },
    /// Wrong user, password, token or credentials.
    #[error("{servers} refuses these credentials")]
    Refused { servers: String },
    #[error("the server is NATS {found}, and {wanted} or newer is needed")]
    TooOld { found: String, wanted: &'static str },
    /// The server runs without JetStream, or this account may not use it.
    #[error("JetStream is not enabled there: {reason}")]
    NoJetStream { reason: String },
    /// The stream is there with settings under which it would not hold every event once.
    #[error("the stream {stream} is set up differently: {what}")]
    StreamDiffers { stream: String, what: String },
    /// Another stream takes the subjects.
    #[error("the stream {stream} can't be made: {reason}")]
    StreamRefused { stream: String, reason: String },
    /// A call failed; the next one may not.
    #[error("{0}")]
    Failed(String),
}

impl NatsError {
    /// Any failure of a call, with its chain.
    pub(crate) fn failed(error: impl std::error::Error) -> Self {
        Self::Failed(error.to_string())
    }
}
