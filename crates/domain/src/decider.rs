//! The shape that every aggregate has: decide, then evolve.

use std::fmt;

use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::people::Actor;
use crate::private::Personal;
use crate::rejection::Rejection;
use crate::time::Policy;

/// What a decision may know beside the state and the command.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// When the command is decided.
    pub now: Timestamp,
    /// Who wishes it. Whether their role may is settled before; whether *they* may is decided here.
    pub actor: &'a Actor,
    /// Limits, calendar and time zone in force.
    pub policy: &'a Policy,
}

/// An aggregate's rules as two pure functions over plain values.
pub trait Decider: Send + Sync + 'static {
    /// Kind of the aggregate's streams.
    const KIND: &'static str;
    /// Small: ids, figures and times, never anybody's words.
    type State: Clone + Default + PartialEq + fmt::Debug + Serialize + DeserializeOwned + Send + Sync;
    type Command: fmt::Debug + Send + Sync;
    type Event: Clone + PartialEq + fmt::Debug + Serialize + DeserializeOwned + Personal + Send + Sync;

    /// The events that follow from `command` in `state`, or the rule that forbids it. No event: nothing to do.
    fn decide(state: &Self::State, command: Self::Command, facts: &Facts<'_>) -> Result<Vec<Self::Event>, Rejection>;

    /// The state after `event`. Total: whatever is in the log can be applied.
    fn evolve(state: &mut Self::State, event: &Self::Event);
}
