//! One extension: asked by the unit before the deadline, granted by a supervisor (R11); none in rework (R12).

use jiff::{Timestamp, ToSpan, Zoned};

use crate::decider::Facts;
use crate::ids::UnitId;
use crate::input::{Flaw, InputError, Text};
use crate::request::decide::{Decision, lead_only, permit};
use crate::request::event::{Event, Extended, ExtensionAsked};
use crate::request::rejection::Rejection;
use crate::request::state::Case;
use crate::request::step::Step;
use crate::time::{Due, Limit};

pub(super) fn decide(case: &Case, reason: Option<Text>, until: Option<Timestamp>, facts: &Facts<'_>) -> Decision {
    match facts.actor.unit() {
        Some(unit) => ask(case, unit, reason, until, facts),
        None => grant(case, reason, until, facts),
    }
}

fn ask(case: &Case, unit: &UnitId, reason: Option<Text>, until: Option<Timestamp>, facts: &Facts<'_>) -> Decision {
    lead_only(case, unit)?;
    still_possible(case)?;
    if case.asked_until.is_some() {
        return Err(Rejection::ExtensionAsked { state: case.stage.name(), permitted: case.permitted_names() });
    }
    before_deadline(case, facts)?;
    let reason = reason.ok_or(Rejection::Input { field: "reason", error: InputError::Missing })?;
    let until = until.ok_or(Rejection::Input { field: "until", error: InputError::Missing })?;
    within_reach(case, until, facts)?;
    Ok(vec![Event::ExtensionAsked(ExtensionAsked { unit: unit.clone(), reason: reason.of(case.filer), until })])
}

/// Grants what was asked, or grants at once what the supervisor names before the deadline.
fn grant(case: &Case, reason: Option<Text>, until: Option<Timestamp>, facts: &Facts<'_>) -> Decision {
    still_possible(case)?;
    let asked = case.asked_until;
    if asked.is_none() {
        before_deadline(case, facts)?;
    }
    let until = until.or(asked).ok_or(Rejection::Input { field: "until", error: InputError::Missing })?;
    within_reach(case, until, facts)?;
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

/// There is one extension (R11): whoever wants a second is told so, not that the state forbids it.
fn still_possible(case: &Case) -> Result<(), Rejection> {
    if case.extended && case.round == 1 && case.stage.work().is_some() {
        return Err(Rejection::ExtendedBefore { state: case.stage.name(), permitted: case.permitted_names() });
    }
    permit(case, Step::Extend)
}

/// Later than the present deadline, and no further from it, or from now, than a limit can reach.
fn within_reach(case: &Case, until: Timestamp, facts: &Facts<'_>) -> Result<(), Rejection> {
    let refused = |flaw| Err(Rejection::Input { field: "until", error: InputError::malformed(flaw) });
    if until <= case.due.at {
        return refused(Flaw::Later { than: minute(&local(case.due.at, facts)) });
    }
    too_far(until, case.due.at.max(facts.now), facts).map_or(Ok(()), refused)
}

/// Whether a date lies further from another than any limit can reach.
pub(super) fn too_far(until: Timestamp, from: Timestamp, facts: &Facts<'_>) -> Option<Flaw> {
    let last = local(from, facts).saturating_add(i64::from(Limit::DAYS_MAX).days());
    let flaw = Flaw::TooFar { days: Limit::DAYS_MAX.to_string(), last: minute(&last) };
    (until > last.timestamp()).then_some(flaw)
}

fn local(at: Timestamp, facts: &Facts<'_>) -> Zoned {
    at.to_zoned(facts.policy.zone.clone())
}

fn minute(at: &Zoned) -> String {
    format!("{} ({})", at.strftime("%Y-%m-%d %H:%M"), at.time_zone().iana_name().unwrap_or("UTC"))
}
