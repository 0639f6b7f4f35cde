//! `SatisfactionReview` (评单): rounds, ballots, and the 30 % rule, R14 to R20.
//!
//! A review has its request's id. It decides whether work is done; the request only follows.

mod command;
mod decide;
mod event;
mod evolve;
mod reasons;
mod rejection;
mod rules;
mod state;
#[cfg(test)]
mod tests;

pub use command::{Command, Vote};
pub use event::{
    AppealDecided, Appealed, CallOutcome, Called, Closed, Event, Ground, Invited, Opened, Outcome, Rated, Rating, Via,
};
pub use reasons::{About, Reason};
pub use rejection::Rejection;
pub use rules::{Tally, calls_for_accountability, calls_for_rework, rework_is_certain};
pub use state::{Appeal, Ballot, Round, SatisfactionReview, Status};

use uuid::Uuid;

use crate::decider::{Decider, Facts};
use crate::ids::{PersonId, RequestId};

/// The name of a ballot in the open. It says nothing about whose it is: persons' ids are not to be guessed, and the
/// same person's ballots of two requests have names that have nothing in common.
pub fn ballot_name(request: RequestId, round: u32, person: PersonId) -> Uuid {
    Uuid::new_v5(&person.0, format!("ballot/{request}/{round}").as_bytes())
}

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
