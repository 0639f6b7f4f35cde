//! A review's wishes and its past.

use super::given::Past;
use super::people::{person, text};
use crate::ids::PersonId;
use crate::review::{Command, Rating, Review, Round, SatisfactionReview, Vote};

/// A review before its first round.
pub(crate) fn unopened() -> Past<Review> {
    Past::nothing()
}

/// A review whose first round was opened on Monday, 2 November 2026, at eight, for so many people.
pub(crate) fn opened_for(voters: u32) -> Past<Review> {
    unopened().done(open_for(1, voters))
}

/// The `nth` voter, counted from 0.
pub(crate) fn voter(nth: u32) -> PersonId {
    person(&format!("voter {nth}"))
}

pub(crate) fn open_for(round: u32, voters: u32) -> Command {
    Command::Open { round, electorate: (0..voters).map(voter).collect(), barred: Vec::new(), units: Vec::new() }
}

pub(crate) fn rate(nth: u32, rating: Rating) -> Command {
    Command::Rate(Vote::new(voter(nth), rating))
}

pub(crate) fn rate_the_dispatch_wrong(nth: u32, rating: Rating) -> Command {
    let reason = Some(text("wrong office"));
    Command::Rate(Vote { reason, dispatch_wrong: true, ..Vote::new(voter(nth), rating) })
}

pub(crate) fn end(round: u32) -> Command {
    Command::End { round }
}

pub(crate) fn invite(round: u32) -> Command {
    Command::Invite { round }
}

impl Past<Review> {
    pub fn round(&self) -> &Round {
        match &self.state {
            SatisfactionReview::Round(round) => round,
            SatisfactionReview::Waiting => panic!("no round was opened"),
        }
    }

    /// Voters `from` to `until` (not included) give the same answer.
    pub fn rated(self, voters: std::ops::Range<u32>, rating: Rating) -> Self {
        voters.fold(self, |past, nth| past.done(rate(nth, rating)))
    }
}
