//! What a caller can work out about its own append before it waits for anybody: versions and digests.
//!
//! An append names the version of every stream that it writes to, so the versions of its events are known
//! before it is accepted, and hashing leaves the one thread that all appends must pass.

use std::collections::HashSet;

use crate::append::{Append, NewEvent, TimerChange};
use crate::chain::{Hash, Header, digest};
use crate::clock::whole_micros;
use crate::error::AppendError;
use crate::record::{Generation, Version};

/// An append that is well formed, with what follows from it alone.
pub(crate) struct Prepared {
    pub append: Append,
    /// One for each event, in order.
    pub events: Vec<Numbered>,
}

/// An event's place in its stream, if the append is accepted.
pub(crate) struct Numbered {
    /// Index of its stream in `Append::expect`.
    pub stream: usize,
    pub version: Version,
    pub digest: Hash,
}

/// Checks the form of `append`, numbers and hashes its events.
pub(crate) fn prepare(mut append: Append) -> Result<Prepared, AppendError> {
    check_ids(&append)?;
    check_streams(&append)?;
    cut_times(&mut append);
    let mut versions: Vec<Version> = append.expect.iter().map(|expect| expect.version).collect();
    let mut events = Vec::with_capacity(append.events.len());
    for event in &append.events {
        events.push(number(&append, event, &mut versions)?);
    }
    Ok(Prepared { append, events })
}

/// A decision holds only in the history that it was made in.
pub(crate) fn check_generation(append: &Append, actual: Generation) -> Result<(), AppendError> {
    match append.generation {
        Some(known) if known != actual => Err(AppendError::Forked { known, actual }),
        _ => Ok(()),
    }
}

fn number(append: &Append, event: &NewEvent, versions: &mut [Version]) -> Result<Numbered, AppendError> {
    let named = append.expect.iter().position(|expect| expect.stream == event.stream);
    let stream = named.ok_or(AppendError::Malformed("an event's stream has no expected version"))?;
    // An expected version near the greatest number is never met, so it does not matter what it counts to.
    versions[stream] = versions[stream].saturating_add(1);
    let version = versions[stream];
    let digest = digest(&header(append, event, version), &event.body);
    Ok(Numbered { stream, version, digest })
}

fn header<'a>(append: &Append, event: &'a NewEvent, version: Version) -> Header<'a> {
    Header {
        stream: &event.stream,
        version,
        id: event.id,
        kind: event.kind,
        schema: event.schema,
        community: &event.community,
        occurred: event.occurred,
        command: append.command.id,
        correlation: event.correlation,
        causation: event.causation,
        actor: &event.actor,
    }
}

fn check_ids(append: &Append) -> Result<(), AppendError> {
    let mut seen = HashSet::from([append.command.id]);
    match append.also.iter().all(|id| seen.insert(*id)) {
        true => Ok(()),
        false => Err(AppendError::Malformed("a command id is given twice")),
    }
}

fn check_streams(append: &Append) -> Result<(), AppendError> {
    for (index, expect) in append.expect.iter().enumerate() {
        if append.expect[..index].iter().any(|earlier| earlier.stream == expect.stream) {
            return Err(AppendError::Malformed("a stream's version is expected twice"));
        }
    }
    Ok(())
}

fn cut_times(append: &mut Append) {
    for event in &mut append.events {
        event.occurred = whole_micros(event.occurred);
    }
    for change in &mut append.timers {
        if let TimerChange::Set(timer) = change {
            timer.due = whole_micros(timer.due);
        }
    }
}
