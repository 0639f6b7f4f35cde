//! 回访 (R18): of the requests that closed unrated in a period, a sample is called back.
//!
//! The seed is committed to before the period begins: its hash stands in the log, so nobody can choose it by what came
//! after. When the period is over the seed and the list are published with the sample, and anyone can draw it again.
//! One stream a community and period.

mod command;
mod decide;
mod event;
mod evolve;
mod rejection;
mod state;
#[cfg(test)]
mod tests;

pub use command::{Command, Outcome};
pub use event::{Called, Committed, Drawn, Event};
pub use rejection::Rejection;
pub use state::{Callback, Commitment};

use crate::decider::{Decider, Facts};

/// The rules of one period's call-backs.
pub struct Callbacks;

impl Decider for Callbacks {
    const KIND: &'static str = "callback";
    type State = Callback;
    type Command = Command;
    type Event = Event;

    fn decide(state: &Callback, command: Command, facts: &Facts<'_>) -> Result<Vec<Event>, crate::Rejection> {
        Ok(decide::decide(state, command, facts)?)
    }

    fn evolve(state: &mut Callback, event: &Event) {
        evolve::evolve(state, event);
    }
}
