//! A stream's records into the state they amount to.

use sandan_domain::event::DecodeError;
use sandan_log::{Log, LogError, Record, StreamName, Version};

use crate::cqrs::kind::Kind;

/// Records that are read at once while a stream is folded.
pub(crate) const BATCH: usize = 512;

/// A stream could not be folded.
#[derive(Debug, thiserror::Error)]
pub enum FoldError {
    #[error(transparent)]
    Log(#[from] LogError),
    #[error("read position {position}")]
    Decode {
        position: u64,
        #[source]
        source: DecodeError,
    },
}

/// Applies one stored record. States hold nobody's words, so sealed events are enough.
pub(crate) fn apply<D: Kind>(state: &mut D::State, record: &Record) -> Result<(), FoldError> {
    let event = D::decode(&record.kind, record.schema, &record.body)
        .map_err(|source| FoldError::Decode { position: record.position, source })?;
    D::evolve(state, &event);
    Ok(())
}

/// The state of a stream up to version `until`, with the version it is at.
pub(crate) async fn fold<D: Kind>(
    log: &dyn Log,
    stream: &StreamName,
    until: Version,
) -> Result<(D::State, Version), FoldError> {
    let (mut state, mut version) = (D::State::default(), 0);
    fold_on::<D>(log, stream, (&mut state, &mut version), until).await?;
    Ok((state, version))
}

/// The same from a state that the log is known to have led to.
pub(crate) async fn fold_on<D: Kind>(
    log: &dyn Log,
    stream: &StreamName,
    (state, version): (&mut D::State, &mut Version),
    until: Version,
) -> Result<(), FoldError> {
    loop {
        let records = log.read_stream(stream, *version, BATCH).await?;
        let full = records.len() == BATCH;
        for record in records.iter().take_while(|record| record.version <= until) {
            apply::<D>(state, record)?;
            *version = record.version;
        }
        if !full || *version >= until {
            return Ok(());
        }
    }
}
