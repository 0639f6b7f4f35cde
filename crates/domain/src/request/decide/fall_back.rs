//! 兜底: what nobody claimed goes to the best match, or back to the desk (R3).

use crate::decider::Facts;
use crate::ids::UnitId;
use crate::request::decide::dispatch::dispatched;
use crate::request::event::{Dispatched, Event, Target, Unclaimed};
use crate::request::state::{Case, Stage, Team};

/// Claimed meanwhile, or before its time, there is nothing to do.
pub(super) fn decide(case: &Case, unit: Option<UnitId>, facts: &Facts<'_>) -> Vec<Event> {
    let is_pooled = matches!(case.stage, Stage::Pooled { .. });
    let Some(waited_until) = case.fallback_at.filter(|at| is_pooled && *at <= facts.now) else { return Vec::new() };
    let Some(lead) = unit else { return vec![Event::Unclaimed(Unclaimed { waited_until })] };
    let target = Target::Units(Team { lead, assisting: Vec::new() });
    vec![Event::Dispatched(Dispatched { fallback: true, ..dispatched(case, target, None, facts) })]
}
