//! 核查: somebody other than the handler confirms on site (R6a).

use crate::decider::Facts;
use crate::input::Text;
use crate::request::decide::overdue::order;
use crate::request::decide::{Decision, permit};
use crate::request::event::{Event, Verified};
use crate::request::rejection::Rejection;
use crate::request::state::{Case, Stage};
use crate::request::step::Step;

pub(super) fn decide(case: &Case, confirmed: bool, note: Option<Text>, facts: &Facts<'_>) -> Decision {
    if own_work(case, facts) {
        return Err(Rejection::OwnWork);
    }
    permit(case, Step::Verify)?;
    let verified = Event::Verified(Verified { confirmed, note: note.map(|note| note.of(case.filer)) });
    // The order was closed by a completion that does not stand.
    let order = if !confirmed && case.overdue { order(case, case.escalated, facts) } else { None };
    Ok([verified].into_iter().chain(order).collect())
}

fn own_work(case: &Case, facts: &Facts<'_>) -> bool {
    let (Some(unit), Stage::Completed(completion)) = (facts.actor.unit(), &case.stage) else { return false };
    completion.work.holder.unit() == Some(unit) || completion.work.assisting.contains(unit)
}
