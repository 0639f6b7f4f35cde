//! When a limit falls due, and how a pause moves that.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use super::{Limit, LimitUnit, Policy, running};

/// The instant before which something must be done, with all that explains it.
///
/// When policy or calendar change it is worked out anew: [`Due::from`] the same start, then
/// [`Due::resumed`] for each pause in order, so that no pause is lost (R13).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// The first instant that is too late.
    pub at: Timestamp,
    /// When the limit began to run.
    pub started: Timestamp,
    pub limit: Limit,
    /// Version of the policy that `at` was worked out by.
    pub policy: u32,
    /// Version of the calendar that `at` was worked out by.
    pub calendar: u32,
}

impl Due {
    /// Works out a due time.
    ///
    /// Hours run from the instant. For days the day of the start is not counted, and the last one counts to the
    /// midnight that ends it (Civil Code, articles 201 and 203). No day at all is *the same day*: the day of
    /// the start or, when that is not worked and working days count, the next that is.
    pub fn from(start: Timestamp, limit: Limit, policy: &Policy) -> Self {
        let at = if limit.unit.is_day() {
            last_day(running::day_of(start, policy), limit, policy)
                .map_or(Timestamp::MAX, |day| running::end(day, policy))
        } else {
            running::after(limit.unit, start, SignedDuration::from_hours(limit.count.into()), policy)
        };
        Self { at, started: start, limit, policy: policy.version, calendar: policy.calendar.version() }
    }

    /// When what comes round every `limit` comes next, having come at `turn` (R9).
    ///
    /// A turn at the midnight that ends a day belongs to that day, so that five days later are five days later.
    pub fn next_turn(turn: Timestamp, limit: Limit, policy: &Policy) -> Timestamp {
        let instant_before = turn.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(turn);
        let start = if limit.unit.is_day() { instant_before } else { turn };
        Self::from(start, limit, policy).at
    }

    /// Whether what happens at `at` still keeps the limit: on time means before the due time (R8, R10).
    pub fn on_time(&self, at: Timestamp) -> bool {
        at < self.at
    }

    /// The due time after the clock stood still from `paused` to `resumed` (R11).
    ///
    /// What was left at the pause, in time of the limit's own unit, runs on from the resumption; in days it then
    /// runs to the midnight that ends its day, so that part of a day left over becomes a whole one. Time that
    /// would not have counted anyway (a weekend, for working days) wins nothing. The due time never becomes earlier,
    /// and one that had passed before the pause stays.
    #[must_use]
    pub fn resumed(&self, paused: Timestamp, resumed: Timestamp, policy: &Policy) -> Self {
        if self.at <= paused || resumed <= paused {
            return self.clone();
        }
        let left = running::elapsed(self.limit.unit, paused, self.at, policy);
        let ends = running::after(self.limit.unit, resumed, left, policy);
        let ends = if self.limit.unit.is_day() { next_midnight(ends, policy) } else { ends };
        Self { at: ends.max(self.at), policy: policy.version, calendar: policy.calendar.version(), ..self.clone() }
    }

    /// When the last fifth of the time begins: the traffic light turns yellow.
    pub fn yellow_at(&self) -> Timestamp {
        let fifth = self.started.duration_until(self.at) / 5;
        self.at.checked_sub(fifth).unwrap_or(self.at)
    }
}

/// The day on whose end a limit in days falls due, if time lasts that long.
fn last_day(start: Date, limit: Limit, policy: &Policy) -> Option<Date> {
    let is_counted = |day: &Date| limit.unit != LimitUnit::WorkingDay || policy.calendar.is_working_day(*day);
    let count = usize::try_from(limit.count).unwrap_or(usize::MAX);
    start.series(1.day()).skip(count.min(1)).filter(is_counted).nth(count.saturating_sub(1))
}

/// The first midnight that is not before `at`.
fn next_midnight(at: Timestamp, policy: &Policy) -> Timestamp {
    let day = running::day_of(at, policy);
    let midnight = running::beginning(day, policy);
    if midnight == at { at } else { running::end(day, policy) }
}
