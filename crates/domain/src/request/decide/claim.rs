//! 认领: a unit takes it; in the pool the first claim wins (R3).

use crate::ids::UnitId;
use crate::request::decide::Decision;
use crate::request::event::{Claimed, Event};
use crate::request::rejection::Rejection;
use crate::request::state::{Case, Holder, Stage, Work};
use crate::request::step::Step;

pub(super) fn decide(case: &Case, unit: UnitId) -> Decision {
    let leads = match &case.stage {
        Stage::Pooled { .. } => true,
        Stage::Dispatched { team } if team.lead == unit => true,
        Stage::Dispatched { team } if team.assisting.contains(&unit) => {
            return Err(Rejection::NotLead { lead: team.lead.clone() });
        }
        Stage::Dispatched { .. } => return Err(Rejection::NotYours),
        Stage::Claimed(work) => {
            join(case, work, &unit)?;
            false
        }
        _ => return Err(case.not_permitted(Step::Claim)),
    };
    Ok(vec![Event::Claimed(Claimed { unit, leads })])
}

/// The loser of a race is told who has it.
fn join(case: &Case, work: &Work, unit: &UnitId) -> Result<(), Rejection> {
    let permitted = || case.permitted_names();
    match &work.holder {
        Holder::Unit(lead) if lead == unit || work.assisting.contains(unit) => {
            Err(Rejection::OnItAlready { unit: unit.clone(), permitted: permitted() })
        }
        Holder::Unit(lead) if work.open_slots == 0 => {
            Err(Rejection::ClaimedBy { unit: lead.clone(), permitted: permitted() })
        }
        Holder::Unit(_) => Ok(()),
        Holder::Desk => Err(case.not_permitted(Step::Claim)),
    }
}
