//! One extension: asked by the unit before the deadline, granted by a supervisor (R11); none in rework (R12).

use jiff::Timestamp;

use crate::decider::Facts;
use crate::ids::UnitId;
use crate::input::{InputError, Text};
use crate::request::decide::{Decision, lead_only, permit};
use crate::request::event::{Event, Extended, ExtensionAsked};
use crate::request::rejection::Rejection;
use crate::request::state::Case;
use crate::request::step::Step;
use crate::time::Due;

pub(super) fn decide(case: &Case, reason: Option<Text>, until: Option<Timestamp>, facts: &Facts<'_>) -> Decision {
    match facts.actor.unit() {
        Some(unit) => ask(case, unit, reason, until, facts),
        None => grant(case, reason, until, facts),
    }
}

fn ask(case: &Case, unit: &UnitId, reason: Option<Text>, until: Option<Timestamp>, facts: &Facts<'_>) -> Decision {
    lead_only(case, unit)?;
    permit(case, Step::Extend)?;
    before_deadline(case, facts)?;
    let reason = reason.ok_or(Rejection::Input { field: "reason", error: InputError::Missing })?;
    let until = until.ok_or(Rejection::Input { field: "until", error: InputError::Missing })?;
    later_than_due(case, until)?;
    Ok(vec![Event::ExtensionAsked(ExtensionAsked { unit: unit.clone(), reason: reason.of(case.filer), until })])
}

/// Grants what was asked, or grants at once what the supervisor names before the deadline.
fn grant(case: &Case, reason: Option<Text>, until: Option<Timestamp>, facts: &Facts<'_>) -> Decision {
    permit(case, Step::Extend)?;
    let asked = case.asked_until;
    if asked.is_none() {
        before_deadline(case, facts)?;
    }
    let until = until.or(asked).ok_or(Rejection::Input { field: "until", error: InputError::Missing })?;
    later_than_due(case, until)?;
    let due = Due { at: until, ..case.due.clone() };
    let reason = reason.map(|reason| reason.of(case.filer));
    Ok(vec![Event::Extended(Extended { reason, due, at: Some(facts.now) })])
}

fn before_deadline(case: &Case, facts: &Facts<'_>) -> Result<(), Rejection> {
    if case.due.on_time(facts.now) {
        return Ok(());
    }
    let mut permitted = case.permitted_names();
    permitted.retain(|step| *step != Step::Extend.name());
    Err(Rejection::TooLateToExtend { state: case.stage.name(), permitted })
}

fn later_than_due(case: &Case, until: Timestamp) -> Result<(), Rejection> {
    if until > case.due.at {
        return Ok(());
    }
    let error = InputError::Malformed(format!("must be later than the present deadline, {}", case.due.at));
    Err(Rejection::Input { field: "until", error })
}
