//! 双报到: the code was scanned, once a day. Presence alone scores nothing (R23).

use jiff::civil::Date;

use crate::decider::Facts;
use crate::ids::{CommunityId, PersonId, UnitId};
use crate::scoring::decide::{Decision, takes};
use crate::scoring::event::{CheckedIn, Event};
use crate::scoring::rejection::Rejection;
use crate::scoring::state::{Entry, Scorebook};

pub(super) fn decide(
    book: &Scorebook,
    (community, year): (CommunityId, i16),
    unit: UnitId,
    person: PersonId,
    day: Date,
    facts: &Facts<'_>,
) -> Decision {
    takes(book, year, day, facts)?;
    let same = |entry: &Entry| entry.work.is_none() && (&entry.unit, entry.person, entry.day) == (&unit, person, day);
    if book.standing().any(same) {
        return Err(Rejection::CheckedInBefore { day });
    }
    Ok(vec![Event::CheckedIn(CheckedIn { community, year, entry: book.next(), unit, person, day })])
}
