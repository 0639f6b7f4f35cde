//! One file a command's decision.

mod add_grid;
mod found;

use crate::community::command::Command;
use crate::community::event::Event;
use crate::community::rejection::Rejection;
use crate::community::state::Community;

pub(super) type Decision = Result<Vec<Event>, Rejection>;

pub(super) fn decide(state: &Community, command: Command) -> Decision {
    match (state, command) {
        (Community::Absent, Command::Found { community, name, parent }) => found::decide(community, name, parent),
        (Community::Founded(place), Command::Found { .. }) => Err(Rejection::FoundedBefore(place.community.clone())),
        (Community::Founded(place), Command::AddGrid { grid, name, lead }) => add_grid::decide(place, grid, name, lead),
        (Community::Absent, Command::AddGrid { .. }) => Err(Rejection::NotFound),
    }
}
