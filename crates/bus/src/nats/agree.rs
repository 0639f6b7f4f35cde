//! Up to where stream and log say the same. They differ after a fork of history, or when somebody else wrote.

use async_nats::jetstream::stream::Stream;
use futures::{StreamExt, TryStreamExt};
use sandan_log::{Log, Position};

use super::NatsError;
use super::stream::{Stored, StreamState, stored};

/// Messages that are asked for at once.
const ASKED_AT_ONCE: usize = 16;

/// Where to look beside the stream's end.
#[derive(Clone, Copy, Debug, Default)]
pub struct Suspects {
    /// A sequence where somebody else was first.
    pub sequence: Option<Position>,
    /// So many messages before the end, each by itself.
    pub back: u64,
}

/// Where the stream says something else than the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disagreement {
    /// The last position in which they are known to be alike.
    pub upto: Position,
    /// The stream's last sequence.
    pub last: u64,
    pub why: String,
}

/// Compares the stream's end with the log, and before it what is suspected.
///
/// Histories that fork differ from the fork on, since the hash of a record covers all before it; so the place is found
/// by halving. A message of a stranger differs alone: what was sent behind it stands at its own sequence again.
pub async fn compare(
    log: &dyn Log,
    stream: &Stream,
    state: StreamState,
    suspects: Suspects,
) -> Result<Option<Disagreement>, NatsError> {
    let last = state.last;
    if let Some(sequence) = suspects.sequence.filter(|sequence| *sequence <= last)
        && let Some(why) = difference(log, stream, sequence, state).await?
    {
        return Ok(Some(Disagreement { upto: sequence - 1, last, why }));
    }
    let Some(why) = difference(log, stream, last, state).await? else {
        return match before_the_end(log, stream, state, suspects.back).await? {
            None => beside_the_end(log, state).await,
            found => Ok(found),
        };
    };
    // `same` is known to be alike (or before the first), `other` is known to differ.
    let (mut same, mut other) = (state.first - 1, last);
    while other - same > 1 {
        let middle = same + (other - same) / 2;
        match difference(log, stream, middle, state).await? {
            None => same = middle,
            Some(_) => other = middle,
        }
    }
    Ok(Some(Disagreement { upto: same, last, why }))
}

/// What a stranger left between our own messages, and the hash of the last one can't show.
async fn before_the_end(
    log: &dyn Log,
    stream: &Stream,
    state: StreamState,
    back: u64,
) -> Result<Option<Disagreement>, NatsError> {
    let last = state.last;
    let from = last.saturating_sub(back).max(state.first);
    let looks = (from..last).map(|sequence| async move {
        let why = difference(log, stream, sequence, state).await?;
        Ok::<_, NatsError>(why.map(|why| Disagreement { upto: sequence - 1, last, why }))
    });
    let found = futures::stream::iter(looks).buffered(ASKED_AT_ONCE).try_filter_map(async |found| Ok(found));
    std::pin::pin!(found).try_next().await
}

/// What the last message can't show: a hole before it, and that there is none in a stream that was emptied.
async fn beside_the_end(log: &dyn Log, state: StreamState) -> Result<Option<Disagreement>, NatsError> {
    let StreamState { first, last, missing, .. } = state;
    if missing > 0 {
        let why = format!("{missing} messages between sequence {first} and {last} are missing");
        return Ok(Some(Disagreement { upto: first - 1, last, why }));
    }
    let head = log.head().await.map_err(NatsError::failed)?.position;
    let why = || format!("the log ends before position {last}");
    Ok((last > head).then(|| Disagreement { upto: head, last, why: why() }))
}

/// In what the message with this sequence differs from the log's record, if it does.
async fn difference(
    log: &dyn Log,
    stream: &Stream,
    sequence: u64,
    state: StreamState,
) -> Result<Option<String>, NatsError> {
    if sequence < state.first {
        return Ok(None);
    }
    let event = match stored(stream, sequence).await? {
        Stored::Event(event) => event,
        Stored::Foreign { subject, reason } => return Ok(Some(format!("sequence {sequence} at {subject}: {reason}"))),
        Stored::Missing => return Ok(Some(format!("sequence {sequence} is missing"))),
    };
    let records = log.read(sequence - 1, 1).await.map_err(NatsError::failed)?;
    Ok(match records.first() {
        Some(record) if *record == *event => None,
        Some(record) if record.position == sequence => {
            let (theirs, ours) = (event.generation, record.generation);
            Some(format!("sequence {sequence} holds another event (generation {theirs}, the log is in {ours})"))
        }
        _ => Some(format!("the log ends before position {sequence}")),
    })
}
