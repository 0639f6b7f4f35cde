//! Hours served, with the activity and its evidence: nothing else counts as work (R23, R32).

use crate::decider::Facts;
use crate::scoring::command::Served;
use crate::scoring::decide::{Decision, takes};
use crate::scoring::event::{Event, HoursEntered};
use crate::scoring::rejection::Rejection;
use crate::scoring::state::{Entry, Scorebook};

/// Nobody serves more minutes than a day has, for whichever unit.
pub(super) fn decide(book: &Scorebook, served: Served, facts: &Facts<'_>) -> Decision {
    let Served { community, year, unit, person, day, minutes, activity, evidence } = served;
    takes(book, year, day, facts)?;
    let max = Scorebook::DAY_MINUTES;
    if !(1..=max).contains(&minutes) {
        return Err(Rejection::Minutes { max });
    }
    let of_the_day = |entry: &&Entry| entry.person == person && entry.day == day;
    let before: u32 = book.standing().filter(of_the_day).filter_map(|entry| Some(entry.work.as_ref()?.minutes)).sum();
    let minutes_in_all = before.saturating_add(minutes);
    if minutes_in_all > max {
        return Err(Rejection::TooLong { day, minutes: minutes_in_all, max });
    }
    let (activity, evidence) = (activity.into_string(), evidence.into_string());
    let entry = book.next();
    Ok(vec![Event::HoursEntered(HoursEntered {
        community,
        year,
        entry,
        unit,
        person,
        day,
        minutes,
        activity,
        evidence,
    })])
}
