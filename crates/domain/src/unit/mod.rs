//! `MemberUnit` (成员单位): what it offers, what it can carry, and what it carries now.

mod command;
mod decide;
mod event;
mod evolve;
mod matching;
mod rejection;
mod state;
#[cfg(test)]
mod tests;

pub use command::{Command, Profile};
pub use event::{Event, LoadReleased, LoadTaken, Registered, Resource, ResourceKind, Revised};
pub use matching::{Match, best_match, rank};
pub use rejection::Rejection;
pub use state::{MemberUnit, Standing};

use crate::decider::{Decider, Facts};

/// The rules of one member unit.
pub struct Unit;

impl Decider for Unit {
    const KIND: &'static str = "unit";
    type State = MemberUnit;
    type Command = Command;
    type Event = Event;

    fn decide(state: &MemberUnit, command: Command, _: &Facts<'_>) -> Result<Vec<Event>, crate::Rejection> {
        Ok(decide::decide(state, command)?)
    }

    fn evolve(state: &mut MemberUnit, event: &Event) {
        evolve::evolve(state, event);
    }
}
