//! 审定: after the second return the committee rules, and the ruling binds (R4).

use crate::decider::Facts;
use crate::ids::UnitId;
use crate::input::Text;
use crate::request::decide::dispatch::dispatched;
use crate::request::decide::{Decision, permit};
use crate::request::event::{Event, Ruled, Target};
use crate::request::state::{Case, Team};
use crate::request::step::Step;

/// With a unit the ruling dispatches to it at once; without, the dispatch follows.
pub(super) fn decide(case: &Case, unit: Option<UnitId>, reason: Option<Text>, facts: &Facts<'_>) -> Decision {
    permit(case, Step::Rule)?;
    let mut events = vec![Event::Ruled(Ruled { reason: reason.map(|reason| reason.of(case.filer)) })];
    if let Some(lead) = unit {
        let target = Target::Units(Team { lead, assisting: Vec::new() });
        events.push(Event::Dispatched(dispatched(case, target, None, facts)));
    }
    Ok(events)
}
