//! A walk through a limit's time: which stretches count, which don't and why, and where the limit ends.
//!
//! Due times and their explanation both come from here, so that they can't differ.
//!
//! A day counts at the midnight that ends it (Civil Code, articles 201 and 203): that is where it is complete. So a
//! pause (R11) takes away the days whose end it covers, and those alone: from the 3rd to the 5th are two days, a pause
//! within one day is none, and no pause wins or loses as much as a day. Hours stand still to the instant.

use std::iter;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{Limit, LimitUnit, Pause, Policy};

/// A stretch of time, and why it counts or doesn't.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch<'a> {
    pub from: Timestamp,
    pub to: Timestamp,
    pub why: Why<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why<'a> {
    /// Hours run day and night.
    Runs,
    /// The office is open.
    Office,
    /// A whole day, perhaps a make-up day.
    Day(Option<&'a str>),
    /// The day of the start is not counted.
    StartDay,
    Weekend,
    Holiday(&'a str),
    /// The office is closed on a working day.
    Closed,
    Paused,
}

impl Why<'_> {
    pub const fn is_counted(self) -> bool {
        match self {
            Self::Runs | Self::Office | Self::Day(_) => true,
            Self::StartDay | Self::Weekend | Self::Holiday(_) | Self::Closed | Self::Paused => false,
        }
    }
}

/// Walks from `start` to the end of the limit, shows every stretch on the way, and says where it ends. `pauses` are in
/// order. No day at all is *the same day*: the day of the start, or the next that counts.
pub(super) fn walk<'a>(
    start: Timestamp,
    limit: Limit,
    pauses: &[Pause],
    policy: &'a Policy,
    mut see: impl FnMut(Stretch<'a>),
) -> Timestamp {
    if limit.unit.is_day() {
        return walk_days(start, limit, pauses, policy, see);
    }
    let mut left = SignedDuration::from_hours(limit.count.into());
    if left.is_zero() {
        return start;
    }
    for stretch in hours(limit.unit, start, policy).flat_map(|stretch| cut(stretch, pauses)) {
        if !stretch.why.is_counted() {
            see(stretch);
            continue;
        }
        let room = stretch.from.duration_until(stretch.to);
        if left <= room {
            let to = stretch.from.checked_add(left).unwrap_or(Timestamp::MAX);
            see(Stretch { to, ..stretch });
            return to;
        }
        left -= room;
        see(stretch);
    }
    Timestamp::MAX
}

fn walk_days<'a>(
    start: Timestamp,
    limit: Limit,
    pauses: &[Pause],
    policy: &'a Policy,
    mut see: impl FnMut(Stretch<'a>),
) -> Timestamp {
    let first = day_of(start, policy);
    let mut counted = 0;
    for day in first.series(1.day()) {
        let to = end(day, policy);
        let why = if day == first && limit.count > 0 {
            Why::StartDay
        } else {
            match of_day(limit.unit, day, policy) {
                why if why.is_counted() && pauses.iter().any(|pause| pause.covers_the_end(to)) => Why::Paused,
                why => why,
            }
        };
        see(Stretch { from: beginning(day, policy).max(start), to, why });
        if why.is_counted() {
            counted += 1;
            if counted >= limit.count {
                return to;
            }
        }
    }
    Timestamp::MAX
}

/// How much of the unit's time runs between two instants; none when they are not in order.
pub(super) fn elapsed(unit: LimitUnit, from: Timestamp, to: Timestamp, policy: &Policy) -> SignedDuration {
    running(unit, from, policy)
        .take_while(|stretch| stretch.from < to)
        .map(|stretch| stretch.from.duration_until(stretch.to.min(to)))
        .fold(SignedDuration::ZERO, SignedDuration::saturating_add)
}

/// The earliest instant by which `amount` of the unit's time has run.
pub(super) fn after(unit: LimitUnit, from: Timestamp, amount: SignedDuration, policy: &Policy) -> Timestamp {
    if amount.is_zero() {
        return from;
    }
    let mut left = amount;
    for stretch in running(unit, from, policy) {
        let room = stretch.from.duration_until(stretch.to);
        if left <= room {
            return stretch.from.checked_add(left).unwrap_or(Timestamp::MAX);
        }
        left -= room;
    }
    Timestamp::MAX
}

/// The local day of an instant.
pub(super) fn day_of(at: Timestamp, policy: &Policy) -> Date {
    policy.zone.to_datetime(at).date()
}

/// The stretches that count, from `from` on; of days all of the day runs.
fn running(unit: LimitUnit, from: Timestamp, policy: &Policy) -> Box<dyn Iterator<Item = Stretch<'_>> + '_> {
    let stretches: Box<dyn Iterator<Item = Stretch<'_>> + '_> = match unit {
        LimitUnit::Hour | LimitUnit::WorkingHour => hours(unit, from, policy),
        LimitUnit::CalendarDay => hours(LimitUnit::Hour, from, policy),
        LimitUnit::WorkingDay => Box::new(day_of(from, policy).series(1.day()).map(move |day| Stretch {
            from: beginning(day, policy).max(from),
            to: end(day, policy),
            why: of_day(unit, day, policy),
        })),
    };
    Box::new(stretches.filter(|stretch| stretch.why.is_counted()))
}

/// All of time from `from` on, in stretches.
fn hours(unit: LimitUnit, from: Timestamp, policy: &Policy) -> Box<dyn Iterator<Item = Stretch<'_>> + '_> {
    if unit != LimitUnit::WorkingHour {
        return Box::new(iter::once(Stretch { from, to: Timestamp::MAX, why: Why::Runs }));
    }
    let days = day_of(from, policy).series(1.day());
    let stretches = days.flat_map(move |day| of_office(day, policy));
    let clipped = stretches.map(move |stretch| Stretch { from: stretch.from.max(from), ..stretch });
    Box::new(clipped.filter(|stretch| stretch.from < stretch.to))
}

/// A day as the office sees it.
fn of_office(day: Date, policy: &Policy) -> Vec<Stretch<'_>> {
    let (mut at, midnight) = (beginning(day, policy), end(day, policy));
    let why = of_day(LimitUnit::WorkingDay, day, policy);
    if !why.is_counted() {
        return vec![Stretch { from: at, to: midnight, why }];
    }
    let instant =
        |time| policy.zone.to_ambiguous_timestamp(day.to_datetime(time)).compatible().unwrap_or(Timestamp::MAX);
    let mut stretches = Vec::new();
    for session in policy.office.sessions() {
        let (opens, closes) = (instant(session.opens), instant(session.closes));
        stretches.push(Stretch { from: at, to: opens, why: Why::Closed });
        stretches.push(Stretch { from: opens, to: closes, why: Why::Office });
        at = closes;
    }
    stretches.push(Stretch { from: at, to: midnight, why: Why::Closed });
    stretches
}

/// What a day is in itself.
fn of_day(unit: LimitUnit, day: Date, policy: &Policy) -> Why<'_> {
    let occasion = policy.calendar.occasion(day);
    match (unit, policy.calendar.is_working_day(day), occasion) {
        (LimitUnit::CalendarDay, ..) => Why::Day(None),
        (_, true, occasion) => Why::Day(occasion),
        (_, false, Some(name)) => Why::Holiday(name),
        (_, false, None) => Why::Weekend,
    }
}

/// The parts of a stretch, those in which the clock stood still told apart.
fn cut<'a>(stretch: Stretch<'a>, pauses: &[Pause]) -> Vec<Stretch<'a>> {
    let (mut parts, mut at) = (Vec::new(), stretch.from);
    for pause in pauses.iter().filter(|pause| pause.to > stretch.from && pause.from < stretch.to) {
        let (from, to) = (pause.from.max(at), pause.to.min(stretch.to));
        if to <= at {
            continue;
        }
        parts.push(Stretch { from: at, to: from, why: stretch.why });
        parts.push(Stretch { from, to, why: Why::Paused });
        at = to;
    }
    parts.push(Stretch { from: at, ..stretch });
    parts.retain(|part| part.from < part.to);
    parts
}

/// Midnight at the beginning of a day.
pub(super) fn beginning(day: Date, policy: &Policy) -> Timestamp {
    day.to_zoned(policy.zone.clone()).map_or(Timestamp::MAX, |midnight| midnight.timestamp())
}

/// Midnight at the end of a day; the end of time for the last day there is.
pub(super) fn end(day: Date, policy: &Policy) -> Timestamp {
    day.tomorrow().map_or(Timestamp::MAX, |next| beginning(next, policy))
}
