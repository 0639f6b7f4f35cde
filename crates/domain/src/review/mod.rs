//! `SatisfactionReview` (评单): rounds, ballots, and the 30 % rule, R14 to R20.
//!
//! A review has its request's id. It decides whether work is done; the request only follows.

mod command;
mod decide;
mod event;
mod evolve;
mod rejection;
mod rules;
mod state;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::{Closed, Event, Invited, Opened, Outcome, Rated, Rating};
pub use rejection::Rejection;
pub use rules::{Tally, calls_for_accountability, calls_for_rework, rework_is_certain};
pub use state::{Ballot, Round, SatisfactionReview, Status};

use crate::decider::{Decider, Facts};

/// The rules of one request's review.
pub struct Review;

impl Decider for Review {
    const KIND: &'static str = "review";
    type State = SatisfactionReview;
    type Command = Command;
    type Event = Event;

    fn decide(state: &SatisfactionReview, command: Command, facts: &Facts<'_>) -> Result<Vec<Event>, crate::Rejection> {
        Ok(decide::decide(state, command, facts)?)
    }

    fn evolve(state: &mut SatisfactionReview, event: &Event) {
        evolve::evolve(state, event);
    }
}
