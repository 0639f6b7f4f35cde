//! The open limits that a version concerns were worked out anew.

use crate::policy::event::{Event, WorkedOut};
use crate::policy::state::Policies;

pub(super) fn decide(state: &Policies, version: u32, calendar: bool, (seen, moved): (u64, u64)) -> Vec<Event> {
    let worked_out = |community| Event::WorkedOut(WorkedOut { community, version, calendar, seen, moved });
    state.community.clone().map(worked_out).into_iter().collect()
}
