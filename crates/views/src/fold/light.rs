//! The traffic light by the tables: what it shows, and when time alone will change it.
//!
//! While the clock stands still (R11) the light stays as it was then. A request that has ended is green: nothing
//! is owed any more.

use jiff::Timestamp;
use sandan_domain::request::Case;
use sandan_domain::time::{Due, Light, Limit, light};

use super::Coded;
use super::row::Row;
use super::time::{micros, time};

/// What the light of a request follows from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub open: bool,
    pub due_at: i64,
    /// `None` while the limit does not run.
    pub due_started: Option<i64>,
    pub suspended: Option<i64>,
    pub round: u32,
    /// A supervision order is open (R10).
    pub supervised: bool,
}

impl Limits {
    fn due(&self) -> Option<Due> {
        let started = self.due_started?;
        // Light and lateness follow from the two instants; what explains them is in the log.
        let (policy_of, calendar_of) = (None, None);
        let (at, started) = (time(self.due_at), time(started));
        Some(Due { at, started, limit: Limit::days(0), policy: 0, calendar: 0, policy_of, calendar_of })
    }
}

/// Light and lateness at `now`.
pub(crate) fn shown(limits: &Limits, now: Timestamp) -> (Light, bool) {
    if !limits.open {
        return (Light::Green, false);
    }
    let due = limits.due();
    let now = limits.suspended.map_or(now, |since| time(since).min(now));
    let overdue = due.as_ref().is_some_and(|due| !due.on_time(now));
    (light(due.as_ref(), limits.round.saturating_sub(1), limits.supervised, now), overdue)
}

/// Brings the row's light up to `now`.
pub(super) fn relight(row: &mut Row, now: Timestamp) {
    let limits = row.limits();
    let (light, overdue) = shown(&limits, now);
    row.light = light.code();
    row.overdue = overdue;
    row.alarm = (limits.open && light != Light::Green).then(|| light.code());
    row.next_light_at = next_change(&limits, now);
}

fn next_change(limits: &Limits, now: Timestamp) -> Option<i64> {
    if !limits.open || limits.suspended.is_some() {
        return None;
    }
    let due = limits.due()?;
    [due.yellow_at(), due.at].into_iter().find(|change| *change > now).map(micros_up)
}

/// Not before the change: a part of a microsecond counts as a whole one.
fn micros_up(time: Timestamp) -> i64 {
    let cut = micros(time);
    if self::time(cut) < time { cut + 1 } else { cut }
}

/// Whether the limit on the request runs in this stage: until work is completed, and again in rework.
pub(super) fn runs(case: &Case) -> bool {
    case.stage.is_before_completion()
}
