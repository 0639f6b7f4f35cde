//! 退单: a unit hands it back, with a reason and its basis; the clock runs on (R4).

use crate::ids::UnitId;
use crate::input::Text;
use crate::request::decide::{Decision, lead_only, permit};
use crate::request::event::{Event, Returned};
use crate::request::rejection::Rejection;
use crate::request::state::{Case, Stage};
use crate::request::step::Step;

pub(super) fn decide(case: &Case, unit: UnitId, reason: Text, basis: Text) -> Decision {
    lead_only(case, &unit)?;
    if ruling_binds(case) {
        return Err(Rejection::RulingBinds { state: case.stage.name(), permitted: case.permitted_names() });
    }
    permit(case, Step::Return)?;
    Ok(vec![Event::Returned(Returned {
        unit,
        reason: reason.of(case.filer),
        basis: basis.of(case.filer),
        nth: case.returns + 1,
    })])
}

fn ruling_binds(case: &Case) -> bool {
    let with_a_unit = matches!(case.stage, Stage::Dispatched { .. } | Stage::Claimed(_) | Stage::Rework(_));
    with_a_unit && case.returns >= Case::RETURNS_UNTIL_RULING
}
