//! What an operator wants to know of the bus.

use super::{Connection, NatsError, STREAM, stream};

/// The servers and the stream, as they answered just now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NatsStatus {
    pub server_version: String,
    pub stream: &'static str,
    /// The stream's own last sequence, which equals the last position in it; `None`: it is not there yet.
    pub last: Option<u64>,
    /// Copies of the stream.
    pub replicas: usize,
}

/// Asks the servers. Needs a connection.
pub async fn status(connection: &Connection) -> Result<NatsStatus, NatsError> {
    let found = match stream::find(connection).await? {
        Some(stream) => Some(stream::state(&stream).await?),
        None => None,
    };
    Ok(NatsStatus {
        server_version: connection.server_version(),
        stream: STREAM,
        last: found.map(|state| state.last),
        replicas: found.map_or_else(|| connection.replicas(), |state| state.replicas),
    })
}
