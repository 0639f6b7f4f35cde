//! One file a command's decision.

mod check_in;
mod commitments;
mod hours;
mod rate_community;
mod strike_out;

use jiff::civil::Date;

use crate::decider::Facts;
use crate::scoring::command::Command;
use crate::scoring::event::Event;
use crate::scoring::rejection::Rejection;
use crate::scoring::state::Scorebook;

pub(super) type Decision = Result<Vec<Event>, Rejection>;

pub(super) fn decide(book: &Scorebook, command: Command, facts: &Facts<'_>) -> Decision {
    match command {
        Command::EnterHours(served) => hours::decide(book, *served, facts),
        Command::CheckIn { community, year, unit, person, day } => {
            check_in::decide(book, (community, year), unit, person, day, facts)
        }
        Command::StrikeOut { entry, reason } => strike_out::decide(book, entry, reason),
        Command::EnterCommitments { community, year, unit, due, kept, evidence } => {
            commitments::decide((community, year), unit, (due, kept), evidence)
        }
        Command::RateCommunity { community, year, unit, ratings } => {
            rate_community::decide((community, year), unit, ratings)
        }
    }
}

/// A day of the year that has come, where the community is; and there is room for one more entry.
fn takes(book: &Scorebook, year: i16, day: Date, facts: &Facts<'_>) -> Result<(), Rejection> {
    if day.year() != year || day > facts.now.to_zoned(facts.policy.zone.clone()).date() {
        return Err(Rejection::Day { day, year });
    }
    if book.next() > Scorebook::ENTRIES_MAX {
        return Err(Rejection::Full { max: Scorebook::ENTRIES_MAX });
    }
    Ok(())
}
