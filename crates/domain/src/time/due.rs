//! When a limit falls due, and how pauses move that.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Limit, LimitUnit, Pause, Policy, walk};
use crate::ids::CommunityId;

/// The instant before which something must be done, with all that explains it.
///
/// When policy, category or calendar change it is worked out anew from the same start, with every pause (R13).
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
    /// The community whose policy it is; `None`: the standard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_of: Option<CommunityId>,
    /// The community whose calendar it is; `None`: the national one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar_of: Option<CommunityId>,
}

impl Due {
    /// Works out a due time: hours run from the instant; of days see [`Due::worked_out`].
    pub fn from(start: Timestamp, limit: Limit, policy: &Policy) -> Self {
        Self::worked_out(start, limit, &[], policy)
    }

    /// The same, where the clock stood still meanwhile (R11). `pauses` are in order; those before the start are nothing.
    ///
    /// For days the day of the start is not counted, and the last one counts to the midnight that ends it (Civil Code,
    /// articles 201 and 203); a day whose end a pause covers does not count. No day at all is *the same day*: the day of
    /// the start or, when that does not count, the next that does.
    pub fn worked_out(start: Timestamp, limit: Limit, pauses: &[Pause], policy: &Policy) -> Self {
        let at = walk::walk(start, limit, pauses, policy, |_| {});
        Self {
            at,
            started: start,
            limit,
            policy: policy.version,
            calendar: policy.calendar.version(),
            policy_of: policy.of.clone(),
            calendar_of: policy.calendar.of().cloned(),
        }
    }

    /// When what comes round every `limit` comes next, having come at `turn` (R9).
    ///
    /// A turn at the midnight that ends a day belongs to that day, so that five days later are five days later.
    pub fn next_turn(turn: Timestamp, limit: Limit, pauses: &[Pause], policy: &Policy) -> Timestamp {
        let instant_before = turn.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(turn);
        let start = if limit.unit.is_day() { instant_before } else { turn };
        Self::worked_out(start, limit, pauses, policy).at
    }

    /// Whether what happens at `at` still keeps the limit: on time means before the due time (R8, R10).
    pub fn on_time(&self, at: Timestamp) -> bool {
        at < self.at
    }

    /// When the last fifth of the time begins: the traffic light turns yellow.
    pub fn yellow_at(&self) -> Timestamp {
        let fifth = self.started.duration_until(self.at) / 5;
        self.at.checked_sub(fifth).unwrap_or(self.at)
    }
}

/// An instant that was named, such as the end of an extension, after a pause (R11): what was left of the unit's time
/// runs on from the resumption, to the instant, for nobody counted days to it. What had passed before stays.
pub fn put_off(at: Timestamp, unit: LimitUnit, pause: Pause, policy: &Policy) -> Timestamp {
    if at <= pause.from || pause.to <= pause.from {
        return at;
    }
    let left = walk::elapsed(unit, pause.from, at, policy);
    walk::after(unit, pause.to, left, policy).max(at)
}

/// How much office time lies between two instants; none when they are not in order.
pub fn working_time(from: Timestamp, to: Timestamp, policy: &Policy) -> SignedDuration {
    walk::elapsed(LimitUnit::WorkingHour, from, to, policy)
}
