//! Short ways to say what is appended.

use bytes::Bytes;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Append, AppendError, Appended, Command, Expect, Generation, Lease, Log, NewEvent, RowChange, StreamName, Timer,
    TimerChange, Version,
};

/// The same number gives the same id.
pub fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Stream of kind `request` with the id of that number.
pub fn stream(number: u128) -> StreamName {
    StreamName::new("request", uuid(number))
}

/// An append in the making. Its command has the id, and its content the fingerprint, of one number.
#[derive(Clone, Debug)]
pub struct Sample(Append);

impl Sample {
    /// A command that does nothing yet.
    pub fn command(number: u128) -> Self {
        let fingerprint = [number.to_le_bytes()[0]; 32];
        let outcome = Bytes::from(format!("outcome of {number}"));
        Self(Append::new(Command { id: uuid(number), fingerprint, outcome }))
    }

    pub fn fingerprint(mut self, byte: u8) -> Self {
        self.0.command.fingerprint = [byte; 32];
        self
    }

    pub fn also(mut self, number: u128) -> Self {
        self.0.also.push(uuid(number));
        self
    }

    /// Only while nobody has taken the lease's job since.
    pub fn under(mut self, lease: &Lease) -> Self {
        self.0.fence = Some(lease.fence());
        self
    }

    /// Decided on what was read in this generation.
    pub fn decided_in(mut self, generation: Generation) -> Self {
        self.0.generation = Some(generation);
        self
    }

    pub fn expects(mut self, stream: StreamName, version: Version) -> Self {
        self.0.expect.push(Expect { stream, version });
        self
    }

    /// Expects `stream` at `version` and writes `count` events to it.
    pub fn writes(self, stream: StreamName, version: Version, count: usize) -> Self {
        let sample = self.expects(stream.clone(), version);
        (0..count).fold(sample, |sample, _| sample.event(stream.clone()))
    }

    /// An event without an expectation.
    pub fn event(mut self, stream: StreamName) -> Self {
        let command = self.0.command.id;
        let index = self.0.events.len() as u128;
        self.0.events.push(NewEvent {
            stream,
            id: uuid(command.as_u128() << 16 | index),
            kind: "sandan.request.filed",
            schema: 1,
            community: "sonnenhang".to_owned(),
            occurred: Timestamp::UNIX_EPOCH,
            correlation: command,
            causation: None,
            actor: format!("resident:{command}"),
            body: Bytes::from(format!("event {index} of {command}")),
        });
        self
    }

    /// Changes the event that was added last.
    pub fn with(mut self, change: impl FnOnce(&mut NewEvent)) -> Self {
        change(self.0.events.last_mut().unwrap());
        self
    }

    pub fn claims(mut self, space: &'static str, key: &'static str, value: &'static str) -> Self {
        self.0.rows.push(RowChange::Claim { space, key: key.into(), value: value.into() });
        self
    }

    pub fn puts(mut self, space: &'static str, key: &'static str, value: &'static str) -> Self {
        self.0.rows.push(RowChange::Put { space, key: key.into(), value: value.into() });
        self
    }

    pub fn deletes(mut self, space: &'static str, key: &'static str) -> Self {
        self.0.rows.push(RowChange::Delete { space, key: key.into() });
        self
    }

    /// Sets the timer of that number, due so many seconds after 1970 began.
    pub fn sets(mut self, number: u128, due_in_seconds: i64) -> Self {
        let due = Timestamp::from_second(due_in_seconds).unwrap();
        let body = Bytes::from(format!("timer {number} due at {due_in_seconds}"));
        self.0.timers.push(TimerChange::Set(Timer { id: uuid(number), due, body }));
        self
    }

    pub fn cancels(mut self, number: u128) -> Self {
        self.0.timers.push(TimerChange::Cancel(uuid(number)));
        self
    }

    /// Decided on what another append would leave behind.
    pub fn upon(mut self, other: &Self) -> Self {
        self.0.upon.push(other.0.fate.clone());
        self
    }

    pub fn append(self) -> Append {
        self.0
    }

    /// Appends it to `log`.
    pub async fn to(self, log: &dyn Log) -> Result<Appended, AppendError> {
        log.append(self.0).await
    }

    /// Appends it to `log`, which must accept it.
    pub async fn accepted(self, log: &dyn Log) -> Appended {
        self.to(log).await.unwrap()
    }
}
