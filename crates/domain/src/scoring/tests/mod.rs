//! Two-way scoring: what is taken, and what comes of it (R23).

mod entries;
mod sheets;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::ids::UnitId;
use crate::review::Rating;
use crate::scoring::{Aspect, Command, Scoring, Served};
use crate::testing::{Past, community, person, text, unit};

pub(super) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn parks() -> UnitId {
    unit("parks")
}

pub(super) fn hours(who: &str, on: &str, minutes: u32) -> Command {
    Command::EnterHours(Box::new(Served {
        community: community(),
        year: 2026,
        unit: parks(),
        person: person(who),
        day: day(on),
        minutes,
        activity: text("planting trees"),
        evidence: text("photo and list of the day"),
    }))
}

pub(super) fn check_in(who: &str, on: &str) -> Command {
    Command::CheckIn { community: community(), year: 2026, unit: parks(), person: person(who), day: day(on) }
}

pub(super) fn strike_out(entry: u32) -> Command {
    Command::StrikeOut { entry, reason: text("another person") }
}

pub(super) fn commitments(due: u32, kept: u32) -> Command {
    let evidence = text("the public list");
    Command::EnterCommitments { community: community(), year: 2026, unit: parks(), due, kept, evidence }
}

pub(super) fn rate(by: &str, ratings: [Rating; 3]) -> Command {
    let ratings: BTreeMap<_, _> = Aspect::ALL.into_iter().zip(ratings).collect();
    Command::RateCommunity { community: community(), year: 2026, unit: unit(by), ratings }
}

/// On Monday, 2 November 2026.
pub(super) fn year() -> Past<Scoring> {
    Past::nothing()
}
