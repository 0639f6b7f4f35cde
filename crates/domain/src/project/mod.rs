//! A project (项目): one planned piece of work that meets several requests at once (R14, R16, R29).
//!
//! It serves open requests, goes through its stages, and is finished with a public answer. Then everybody whose requests
//! it serves, and everybody who registered for it, rates it without a name: the vote is an
//! [evaluation](crate::evaluation) whose electorate follows from the project (R14, R21). More than 30 % dissatisfied send
//! it back with R12's limit (R16, R19); a vote that passes closes it, and its open requests with it.
//!
//! Its texts are public and written by the desk: nobody's own words are among them but the names of who registered.

mod command;
mod decide;
mod event;
mod evolve;
mod rejection;
mod rules;
mod state;
#[cfg(test)]
mod tests;

pub use command::{Command, Finish, Opening, Registration, StageInput};
pub use event::{Closed, Event, Finished, Opened, PlannedStage, Registered, RequestAdded, ReworkOrdered, StageDone};
pub use rejection::Rejection;
pub use rules::{light, outcome};
pub use state::{Phase, Plan, Project, Stage};

use crate::decider::{Decider, Facts};

/// The rules of one project.
pub struct Projects;

impl Decider for Projects {
    const KIND: &'static str = "project";
    type State = Project;
    type Command = Command;
    type Event = Event;

    fn decide(state: &Project, command: Command, facts: &Facts<'_>) -> Result<Vec<Event>, crate::Rejection> {
        Ok(decide::decide(state, command, facts)?)
    }

    fn evolve(state: &mut Project, event: &Event) {
        evolve::evolve(state, event);
    }
}
