//! When the time of a unit runs, how much of it lies between two instants, and where an amount of it ends.

use std::iter;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{LimitUnit, Policy, Session};

/// Time that runs without a break, from `start` up to `end`.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    start: Timestamp,
    end: Timestamp,
}

/// How much of the unit's time runs between two instants; none when they are not in order.
pub(super) fn elapsed(unit: LimitUnit, from: Timestamp, to: Timestamp, policy: &Policy) -> SignedDuration {
    stretches(unit, from, policy)
        .take_while(|stretch| stretch.start < to)
        .map(|stretch| stretch.start.duration_until(stretch.end.min(to)))
        .fold(SignedDuration::ZERO, SignedDuration::saturating_add)
}

/// The earliest instant by which `amount` of the unit's time has run.
pub(super) fn after(unit: LimitUnit, from: Timestamp, amount: SignedDuration, policy: &Policy) -> Timestamp {
    if amount.is_zero() {
        return from;
    }
    let mut left = amount;
    for stretch in stretches(unit, from, policy) {
        let room = stretch.start.duration_until(stretch.end);
        if left <= room {
            return stretch.start.checked_add(left).unwrap_or(Timestamp::MAX);
        }
        left -= room;
    }
    Timestamp::MAX
}

/// The local day of an instant.
pub(super) fn day_of(at: Timestamp, policy: &Policy) -> Date {
    policy.zone.to_datetime(at).date()
}

/// Midnight at the beginning of a day.
pub(super) fn beginning(day: Date, policy: &Policy) -> Timestamp {
    day.to_zoned(policy.zone.clone()).map_or(Timestamp::MAX, |midnight| midnight.timestamp())
}

/// Midnight at the end of a day; the end of time for the last day there is.
pub(super) fn end(day: Date, policy: &Policy) -> Timestamp {
    day.tomorrow().map_or(Timestamp::MAX, |next| beginning(next, policy))
}

/// The stretches in which the unit's time runs, in order, from `from` on.
fn stretches(unit: LimitUnit, from: Timestamp, policy: &Policy) -> Box<dyn Iterator<Item = Stretch> + '_> {
    let stretches: Box<dyn Iterator<Item = Stretch> + '_> = match unit {
        LimitUnit::Hour | LimitUnit::CalendarDay => Box::new(iter::once(Stretch { start: from, end: Timestamp::MAX })),
        LimitUnit::WorkingDay => Box::new(working_days(from, policy).map(|day| whole(day, policy))),
        LimitUnit::WorkingHour => Box::new(working_days(from, policy).flat_map(|day| sessions(day, policy))),
    };
    Box::new(
        stretches
            .map(move |stretch| Stretch { start: stretch.start.max(from), ..stretch })
            .filter(|stretch| stretch.start < stretch.end),
    )
}

fn working_days(from: Timestamp, policy: &Policy) -> impl Iterator<Item = Date> + '_ {
    day_of(from, policy).series(1.day()).filter(|day| policy.calendar.is_working_day(*day))
}

fn whole(day: Date, policy: &Policy) -> Stretch {
    Stretch { start: beginning(day, policy), end: end(day, policy) }
}

fn sessions(day: Date, policy: &Policy) -> impl Iterator<Item = Stretch> + '_ {
    policy.office.sessions().iter().map(move |session| open(day, *session, policy))
}

fn open(day: Date, session: Session, policy: &Policy) -> Stretch {
    let instant =
        |time| policy.zone.to_ambiguous_timestamp(day.to_datetime(time)).compatible().unwrap_or(Timestamp::MAX);
    Stretch { start: instant(session.opens), end: instant(session.closes) }
}
