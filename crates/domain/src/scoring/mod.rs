//! Two-way scoring 双向打分 (R23), yearly: the community rates its units, and the units rate the community.
//!
//! One stream a community and year. It holds what no other figure says: hours served, each with its activity and its
//! evidence, bare check-ins, commitments kept, and how each unit rates the community. What was done on time and how
//! satisfied residents are comes from the requests. [`unit_sheet`] and [`community_sheet`] put them together by the weights
//! that hold in the community.
//!
//! Who served is known by a keyed hash of their telephone alone; activity and evidence are the desk's words.

mod command;
mod decide;
mod event;
mod evolve;
mod rejection;
mod sheet;
mod state;
#[cfg(test)]
mod tests;
mod weights;
mod year;

pub use command::{Command, Served};
pub use event::{Aspect, CheckedIn, CommitmentsEntered, CommunityRated, Event, HoursEntered, StruckOut};
pub use rejection::Rejection;
pub use sheet::{Member, Part, Sheet, community_sheet, members, to_points, unit_sheet};
pub use state::{Commitments, Entry, Scorebook, Work};
pub use weights::ScoreWeights;
pub use year::{EntryFilter, UnitScore, UnitShares, Year, days_of};

use crate::decider::{Decider, Facts};

/// The rules of one community's year.
pub struct Scoring;

impl Decider for Scoring {
    const KIND: &'static str = "scoring";
    type State = Scorebook;
    type Command = Command;
    type Event = Event;

    fn decide(state: &Scorebook, command: Command, facts: &Facts<'_>) -> Result<Vec<Event>, crate::Rejection> {
        Ok(decide::decide(state, command, facts)?)
    }

    fn evolve(state: &mut Scorebook, event: &Event) {
        evolve::evolve(state, event);
    }
}
