//! 挂起: the clock stands still, with a reason and a review date, and never for the past (R11).

use jiff::Timestamp;

use crate::decider::Facts;
use crate::input::{InputError, Text};
use crate::request::anew::Clocks;
use crate::request::decide::extend::too_far;
use crate::request::decide::{Decision, permit};
use crate::request::event::{Event, Resumed, Suspended};
use crate::request::rejection::Rejection;
use crate::request::state::{Case, Stage};
use crate::request::step::Step;
use crate::time::Pause;

pub(super) fn suspend(case: &Case, reason: Text, review_on: Timestamp, facts: &Facts<'_>) -> Decision {
    permit(case, Step::Suspend)?;
    if review_on <= facts.now {
        return Err(Rejection::Input { field: "review_on", error: InputError::NotInFuture });
    }
    if let Some(flaw) = too_far(review_on, facts.now, facts) {
        return Err(Rejection::Input { field: "review_on", error: InputError::malformed(flaw) });
    }
    Ok(vec![Event::Suspended(Suspended { since: facts.now, reason: reason.of(case.filer), review_on })])
}

pub(super) fn resume(case: &Case, facts: &Facts<'_>) -> Decision {
    let Stage::Suspended { since, .. } = case.stage else { return Err(case.not_permitted(Step::Resume)) };
    let pause = Pause { from: since, to: facts.now };
    let Clocks { due, remind_at, fallback_at, supervision } = case.clocks(Some(pause), since, facts.policy);
    Ok(vec![Event::Resumed(Resumed { at: Some(facts.now), due, remind_at, fallback_at, supervision })])
}
