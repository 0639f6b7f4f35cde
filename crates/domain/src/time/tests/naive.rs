//! A simulator that walks through time minute by minute: slow, and too simple to be wrong in the same way.
//!
//! It knows minutes since 1970 on a clock that is always eight hours ahead of UTC, and reads the calendar's
//! table on its own.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};

use crate::time::{Limit, LimitUnit};

const DAY: i64 = 24 * 60;
const AHEAD: i64 = 8 * 60;

/// Whether a day is worked, by its number since 1970.
static EXCEPTIONS: LazyLock<HashMap<i64, bool>> = LazyLock::new(|| {
    let table = include_str!("../../../data/calendar-cn.csv");
    table.lines().skip(1).map(|row| (day_number(row[..10].parse().unwrap()), &row[11..13] == "wo")).collect()
});

fn day_number(day: Date) -> i64 {
    let days = date(1970, 1, 1).until(day).unwrap().get_days();
    days.into()
}

/// The minute that begins with an instant.
pub(super) fn minute(at: Timestamp) -> i64 {
    assert_eq!(at.as_second() % 60, 0);
    at.as_second() / 60 + AHEAD
}

pub(super) fn instant(minute: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + (minute - AHEAD).minutes()
}

/// The due time of a limit that starts with a minute.
pub(super) fn due(start: i64, limit: Limit) -> i64 {
    match limit.unit {
        LimitUnit::Hour | LimitUnit::WorkingHour => run(start, i64::from(limit.count) * 60, limit.unit),
        LimitUnit::CalendarDay | LimitUnit::WorkingDay => days(start, limit),
    }
}

/// The due time `at` after the clock stood still.
pub(super) fn resumed(at: i64, paused: i64, resumed: i64, unit: LimitUnit) -> i64 {
    if at <= paused {
        return at;
    }
    let left = (paused..at).filter(|minute| runs(*minute, unit)).count();
    let mut moved = run(resumed, i64::try_from(left).unwrap(), unit);
    while unit.is_day() && moved % DAY != 0 {
        moved += 1;
    }
    moved.max(at)
}

/// Lets the clock tick until that many minutes have run.
fn run(start: i64, minutes: i64, unit: LimitUnit) -> i64 {
    let (mut now, mut left) = (start, minutes);
    while left > 0 {
        if runs(now, unit) {
            left -= 1;
        }
        now += 1;
    }
    now
}

/// Lets the clock tick until, at a midnight, enough days have ended.
fn days(start: i64, limit: Limit) -> i64 {
    let (mut now, mut counted) = (start, 0);
    loop {
        now += 1;
        let ended = now / DAY - 1;
        let is_first = ended == start / DAY;
        let is_counted = limit.unit == LimitUnit::CalendarDay || is_worked(ended);
        if now % DAY == 0 && is_counted && (!is_first || limit.count == 0) {
            counted += 1;
            if counted >= limit.count {
                return now;
            }
        }
    }
}

fn runs(minute: i64, unit: LimitUnit) -> bool {
    let hour = minute % DAY / 60;
    match unit {
        LimitUnit::Hour | LimitUnit::CalendarDay => true,
        LimitUnit::WorkingDay => is_worked(minute / DAY),
        LimitUnit::WorkingHour => is_worked(minute / DAY) && (9..17).contains(&hour) && hour != 12,
    }
}

/// The first day of 1970 was a Thursday.
fn is_worked(day: i64) -> bool {
    EXCEPTIONS.get(&day).copied().unwrap_or((day + 3) % 7 < 5)
}
