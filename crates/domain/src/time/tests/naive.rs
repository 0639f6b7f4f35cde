//! A simulator that walks through time minute by minute: slow, and too simple to be wrong in the same way.
//!
//! It knows minutes since 1970 on a clock that is always eight hours ahead of UTC, and reads the calendar's
//! table on its own.

use std::collections::HashMap;

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};

use crate::time::{Limit, LimitUnit};

pub(crate) const DAY: i64 = 24 * 60;
const AHEAD: i64 = 8 * 60;

/// A place as the simulator knows it.
#[derive(Clone, Debug)]
pub(crate) struct Town {
    /// Whether a day is worked, by its number since 1970, where that differs from the week's rhythm.
    pub exceptions: HashMap<i64, bool>,
    /// Office hours in minutes of the day, from and to.
    pub office: Vec<(i64, i64)>,
}

impl Town {
    pub fn standard() -> Self {
        let table = include_str!("../../../data/calendar-cn.csv");
        let rows = table.lines().skip(1);
        let exceptions = rows.map(|row| (day_number(row[..10].parse().unwrap()), &row[11..13] == "wo")).collect();
        Self { exceptions, office: vec![(9 * 60, 12 * 60), (13 * 60, 17 * 60)] }
    }

    /// The due time of a limit that starts with a minute, where the clock stood still in the pauses.
    pub fn due(&self, start: i64, limit: Limit, pauses: &[(i64, i64)]) -> i64 {
        match limit.unit {
            LimitUnit::Hour | LimitUnit::WorkingHour => {
                self.run(start, i64::from(limit.count) * 60, limit.unit, pauses)
            }
            LimitUnit::CalendarDay | LimitUnit::WorkingDay => self.days(start, limit, pauses),
        }
    }

    /// A named instant after the clock stood still: what was left is lived through after the pause.
    pub fn put_off(&self, at: i64, paused: i64, resumed: i64, unit: LimitUnit) -> i64 {
        if at <= paused {
            return at;
        }
        let left = (paused..at).filter(|minute| self.runs(*minute, unit)).count();
        self.run(resumed, i64::try_from(left).unwrap(), unit, &[]).max(at)
    }

    /// Lets the clock tick until that many minutes have run.
    fn run(&self, start: i64, minutes: i64, unit: LimitUnit, pauses: &[(i64, i64)]) -> i64 {
        let (mut now, mut left) = (start, minutes);
        while left > 0 {
            if self.runs(now, unit) && !stands(now, pauses) {
                left -= 1;
            }
            now += 1;
        }
        now
    }

    /// Lets the clock tick until, at a midnight, enough days have ended.
    fn days(&self, start: i64, limit: Limit, pauses: &[(i64, i64)]) -> i64 {
        let (mut now, mut counted) = (start, 0);
        loop {
            now += 1;
            let ended = now.div_euclid(DAY) - 1;
            let is_first = ended == start.div_euclid(DAY);
            let is_counted = limit.unit == LimitUnit::CalendarDay || self.is_worked(ended);
            // The last minute of a day: if the clock ran, the day is complete.
            if now % DAY == 0 && is_counted && !stands(now - 1, pauses) && (!is_first || limit.count == 0) {
                counted += 1;
                if counted >= limit.count {
                    return now;
                }
            }
        }
    }

    fn runs(&self, minute: i64, unit: LimitUnit) -> bool {
        let of_day = minute % DAY;
        let is_open = || self.office.iter().any(|(from, to)| (*from..*to).contains(&of_day));
        match unit {
            LimitUnit::Hour | LimitUnit::CalendarDay => true,
            LimitUnit::WorkingDay => self.is_worked(minute / DAY),
            LimitUnit::WorkingHour => self.is_worked(minute / DAY) && is_open(),
        }
    }

    /// The first day of 1970 was a Thursday.
    pub fn is_worked(&self, day: i64) -> bool {
        self.exceptions.get(&day).copied().unwrap_or((day + 3) % 7 < 5)
    }
}

fn stands(minute: i64, pauses: &[(i64, i64)]) -> bool {
    pauses.iter().any(|(from, to)| (*from..*to).contains(&minute))
}

pub(crate) fn day_number(day: Date) -> i64 {
    let days = date(1970, 1, 1).until(day).unwrap().get_days();
    days.into()
}

pub(crate) fn date_of(day: i64) -> Date {
    date(1970, 1, 1) + day.days()
}

/// The minute that begins with an instant.
pub(crate) fn minute(at: Timestamp) -> i64 {
    assert_eq!(at.as_second() % 60, 0);
    at.as_second() / 60 + AHEAD
}

pub(crate) fn instant(minute: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + (minute - AHEAD).minutes()
}
