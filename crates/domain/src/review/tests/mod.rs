//! The rules of a review, by their numbers.

mod appeals;
mod ballots;
mod channels;
mod ends;
mod interleavings;
mod invitation;
mod model;
mod reasons;
mod rounds;
mod thirty_percent;

use crate::review::{Closed, Event, Outcome, Rated, Rating, Tally, Via};
use crate::testing::voter;

/// A ballot of the first round, neither changed nor late.
fn rated(nth: u32, rating: Rating) -> Rated {
    Rated {
        round: 1,
        person: voter(nth),
        rating,
        reason: None,
        dispatch_wrong: false,
        changed: false,
        late: false,
        reasons: Vec::new(),
        remedy: None,
        via: Via::Web,
    }
}

/// The end of the first round, all but the dispatch marks given.
fn closed(outcome: Outcome, (dissatisfied, valid, electorate): (u32, u32, u32), early: bool) -> Event {
    let tally = Tally { electorate, valid, dissatisfied, dispatch_wrong: 0 };
    Event::Closed(Closed { round: 1, outcome, tally, from_triage: false, early })
}
