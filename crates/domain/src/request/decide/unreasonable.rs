//! A unit proposes that a request is beyond law or reason; somebody independent decides (R6b). The request goes on
//! either way: everything gets an answer. Rates are then shown with and without it.

use crate::decider::Facts;
use crate::ids::UnitId;
use crate::input::Text;
use crate::request::decide::{Decision, lead_only, permit};
use crate::request::event::{Event, UnreasonableDecided, UnreasonableProposed};
use crate::request::rejection::Rejection;
use crate::request::state::{Case, Unreasonable};
use crate::request::step::Step;

/// The lead says it, with its basis.
pub(super) fn propose(case: &Case, unit: UnitId, reason: Text, basis: Text) -> Decision {
    lead_only(case, &unit)?;
    if case.unreasonable != Unreasonable::Unsaid {
        return Err(Rejection::ProposedBefore { state: case.stage.name(), permitted: case.permitted_names() });
    }
    permit(case, Step::Unreasonable)?;
    let (reason, basis) = (reason.of(case.filer), basis.of(case.filer));
    Ok(vec![Event::UnreasonableProposed(UnreasonableProposed { unit, reason, basis })])
}

pub(super) fn decide(case: &Case, upheld: bool, reason: Text, facts: &Facts<'_>) -> Decision {
    if is_concerned(case, facts) {
        return Err(Rejection::NotIndependent);
    }
    permit(case, Step::UnreasonableDecision)?;
    Ok(vec![Event::UnreasonableDecided(UnreasonableDecided { upheld, reason: reason.of(case.filer) })])
}

/// Whoever proposed it, or has the request, whatever their role.
fn is_concerned(case: &Case, facts: &Facts<'_>) -> bool {
    let Some(unit) = facts.actor.unit() else { return false };
    let on_the_team =
        case.stage.team().is_some_and(|(lead, assisting)| lead.unit() == Some(unit) || assisting.contains(unit));
    on_the_team || matches!(&case.unreasonable, Unreasonable::Proposed { by } if by == unit)
}
