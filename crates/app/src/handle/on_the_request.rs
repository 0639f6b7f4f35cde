//! Whether a unit is on a request: decided before the rest of what was sent is looked at.
//!
//! The domain decides the same again with the command; here it only comes early enough.

use sandan_domain::request::{Case, Holder, Rejection};
use sandan_domain::{RequestId, UnitId};

use crate::app::App;
use crate::caller::Caller;
use crate::refusal::Refusal;

/// Which members of a request's team may.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Only the leading unit (R1).
    Lead,
    Team,
    /// The same, of steps that are permitted before there is a team: then no unit may.
    TeamOfNow,
}

impl App {
    /// Refuses a unit that is not on the request. Callers without a unit pass.
    pub(super) async fn on_the_request(
        &self,
        by: &Caller,
        (id, case): (RequestId, &Case),
        who: Who,
    ) -> Result<(), Refusal> {
        let Some(unit) = by.actor.unit() else { return Ok(()) };
        if may(case, unit, who).is_ok() {
            return Ok(());
        }
        let case = self.fresh_case(id).await?;
        may(&case, unit, who).map_err(|rejection| refused(&case, rejection))
    }

    /// A unit that handled the work may not judge it (R6a).
    pub(super) async fn not_own_work(&self, by: &Caller, (id, case): (RequestId, &Case)) -> Result<(), Refusal> {
        let Some(unit) = by.actor.unit() else { return Ok(()) };
        if !is_on_it(case, unit) {
            return Ok(());
        }
        let case = self.fresh_case(id).await?;
        if is_on_it(&case, unit) { Err(refused(&case, Rejection::OwnWork)) } else { Ok(()) }
    }

    /// The unit that the caller works for.
    pub(super) fn unit_of(&self, by: &Caller) -> Result<UnitId, Refusal> {
        let unit = by.actor.unit().cloned();
        unit.ok_or_else(|| Refusal::forbidden("your account or token belongs to no unit"))
    }
}

fn may(case: &Case, unit: &UnitId, who: Who) -> Result<(), Rejection> {
    if who == Who::TeamOfNow {
        return if is_on_it(case, unit) { Ok(()) } else { Err(Rejection::NotYours) };
    }
    match standing(case, unit) {
        Err(Rejection::NotLead { .. }) if who == Who::Team => Ok(()),
        other => other,
    }
}

fn is_on_it(case: &Case, unit: &UnitId) -> bool {
    case.stage.team().is_some_and(|(lead, assisting)| lead.unit() == Some(unit) || assisting.contains(unit))
}

fn standing(case: &Case, unit: &UnitId) -> Result<(), Rejection> {
    let Some((lead, assisting)) = case.stage.team() else { return Ok(()) };
    match lead {
        Holder::Unit(lead) if lead == *unit => Ok(()),
        Holder::Unit(lead) if assisting.contains(unit) => Err(Rejection::NotLead { lead }),
        Holder::Unit(_) | Holder::Desk => Err(Rejection::NotYours),
    }
}

fn refused(case: &Case, rejection: Rejection) -> Refusal {
    let (state, permitted) = (Some(case.stage.name()), case.permitted_names());
    Refusal::Rejected { rejection: rejection.into(), state, permitted }
}
