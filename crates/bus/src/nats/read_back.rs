//! What really stands in the stream, for those who check it. Nodes never read it so: where it differs they ask the log.

use super::stream::{Stored, find, state, stored};
use super::{Connection, NatsError};

/// The messages with the sequences `from` to the stream's last, in order, holes included. Nothing where there is no
/// stream.
pub async fn read_back(connection: &Connection, from: u64) -> Result<Vec<Stored>, NatsError> {
    let Some(stream) = find(connection).await? else { return Ok(Vec::new()) };
    let last = state(&stream).await?.last;
    let mut messages = Vec::new();
    for sequence in from..=last {
        messages.push(stored(&stream, sequence).await?);
    }
    Ok(messages)
}
