//! `Policies` (时限规则) of a community: versions of its time limits, office hours and calendar, each with the instant
//! from which it holds. What a community does not say it takes from the one above, and at last from the standard.
//!
//! What is in force at an instant follows from what was published alone; see [`in_force`].

mod burst;
mod command;
mod decide;
mod event;
mod evolve;
mod force;
mod rejection;
mod state;
mod terms;
#[cfg(test)]
mod tests;

pub use burst::Burst;
pub use command::Command;
pub use event::{CalendarPublished, Event, Published, TookEffect, WorkedOut};
pub use force::{Force, in_force};
pub use rejection::Rejection;
pub use state::{Calendars, Policies, Version};
pub use terms::Terms;

use crate::decider::{Decider, Facts};

/// The rules of one community's policies.
pub struct Policing;

impl Decider for Policing {
    const KIND: &'static str = "policy";
    type State = Policies;
    type Command = Command;
    type Event = Event;

    fn decide(state: &Policies, command: Command, facts: &Facts<'_>) -> Result<Vec<Event>, crate::Rejection> {
        Ok(decide::decide(state, command, facts)?)
    }

    fn evolve(state: &mut Policies, event: &Event) {
        evolve::evolve(state, event);
    }
}
