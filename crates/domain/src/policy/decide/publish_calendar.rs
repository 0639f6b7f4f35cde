//! Years of a calendar are published: holidays and make-up days.

use crate::decider::Facts;
use crate::ids::CommunityId;
use crate::policy::decide::Decision;
use crate::policy::event::{CalendarPublished, Event};
use crate::policy::rejection::Rejection;
use crate::policy::state::Policies;
use crate::time::CalendarDay;

pub(super) fn decide(
    state: &Policies,
    community: CommunityId,
    name: String,
    days: Vec<CalendarDay>,
    facts: &Facts<'_>,
) -> Decision {
    if days.is_empty() {
        return Err(Rejection::EmptyCalendar);
    }
    if state.calendars.len() >= Policies::VERSIONS_MAX {
        return Err(Rejection::TooManyVersions { max: Policies::VERSIONS_MAX });
    }
    let version = state.calendars.last().map_or(1, |last| last.version + 1);
    Ok(vec![Event::CalendarPublished(CalendarPublished { community, version, from: facts.now, name, days })])
}
