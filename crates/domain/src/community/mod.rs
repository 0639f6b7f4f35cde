//! `Community` (社区) with its grids (网格): where a request belongs, and who answers for the zone.

mod command;
mod decide;
mod event;
mod evolve;
mod rejection;
mod state;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::{Event, Founded, GridAdded};
pub use rejection::Rejection;
pub use state::{Community, Place};

use crate::decider::{Decider, Facts};

/// The rules of one community.
pub struct Communities;

impl Decider for Communities {
    const KIND: &'static str = "community";
    type State = Community;
    type Command = Command;
    type Event = Event;

    fn decide(state: &Community, command: Command, _: &Facts<'_>) -> Result<Vec<Event>, crate::Rejection> {
        Ok(decide::decide(state, command)?)
    }

    fn evolve(state: &mut Community, event: &Event) {
        evolve::evolve(state, event);
    }
}
