//! What each event makes of a community's year. Total: whatever is in the log can be applied.

use crate::scoring::event::{CheckedIn, Event, HoursEntered};
use crate::scoring::state::{Commitments, Entry, Scorebook, Work};

pub(super) fn evolve(state: &mut Scorebook, event: &Event) {
    match event {
        Event::HoursEntered(HoursEntered { unit, person, day, minutes, activity, evidence, .. }) => {
            let work = Work { minutes: *minutes, activity: activity.clone(), evidence: evidence.clone() };
            let (unit, work) = (unit.clone(), Some(work));
            state.entries.push(Entry { unit, person: *person, day: *day, work, struck: None });
        }
        Event::CheckedIn(CheckedIn { unit, person, day, .. }) => {
            state.entries.push(Entry { unit: unit.clone(), person: *person, day: *day, work: None, struck: None });
        }
        Event::StruckOut(struck) => {
            let place = usize::try_from(struck.entry).ok().and_then(|entry| entry.checked_sub(1));
            if let Some(entry) = place.and_then(|place| state.entries.get_mut(place)) {
                entry.struck = Some(struck.reason.clone());
            }
        }
        Event::CommitmentsEntered(entered) => {
            let (due, kept, evidence) = (entered.due, entered.kept, entered.evidence.clone());
            state.commitments.insert(entered.unit.clone(), Commitments { due, kept, evidence });
        }
        Event::CommunityRated(rated) => _ = state.ratings.insert(rated.unit.clone(), rated.ratings.clone()),
    }
}
