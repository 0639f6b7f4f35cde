//! Random places: calendars and office hours, as the program and the simulator know them.

use std::sync::Arc;

use jiff::civil::time;
use proptest::prelude::*;

use super::naive::{DAY, Town, date_of};
use crate::time::{Calendar, CalendarDay, Limit, OfficeHours, Pause, Policy, Session};

pub(crate) const FIRST_DAY: i64 = 20_089;
const LAST_DAY: i64 = 20_819;

/// A calendar of 2025 and 2026 with days turned over, and one or two sessions a day.
pub(crate) fn towns() -> impl Strategy<Value = (Policy, Town)> {
    let days = prop::collection::btree_map(FIRST_DAY..LAST_DAY, any::<bool>(), 1..150);
    let office = prop_oneof![
        Just(vec![(9 * 60, 12 * 60), (13 * 60, 17 * 60)]),
        (0..10_i64, 11..23_i64).prop_map(|(opens, closes)| vec![(opens * 60, closes * 60)]),
        Just(vec![(8 * 60 + 30, 11 * 60 + 30), (14 * 60, 17 * 60 + 30)]),
    ];
    (days, office).prop_map(|(days, office)| {
        let table = days.iter().map(|(day, worked)| CalendarDay {
            date: date_of(*day),
            worked: *worked,
            name: "a day".to_owned(),
        });
        let table: Vec<CalendarDay> = table.collect();
        let calendar = Calendar::china().with_years(&"elm".parse().unwrap(), 2, "Elm", &table);
        let clock = |minute: i64| time((minute / 60) as i8, (minute % 60) as i8, 0, 0);
        let sessions = office.iter().map(|(opens, closes)| Session { opens: clock(*opens), closes: clock(*closes) });
        let office_hours = OfficeHours::new(sessions.collect()).unwrap();
        let policy = Policy { calendar: Arc::new(calendar), office: office_hours, ..Policy::standard() };
        (policy, town(days, office))
    })
}

fn town(days: std::collections::BTreeMap<i64, bool>, office: Vec<(i64, i64)>) -> Town {
    let mut town = Town { office, ..Town::standard() };
    // What is published of a year replaces what was known of it.
    let years: Vec<i16> = days.keys().map(|day| date_of(*day).year()).collect();
    town.exceptions.retain(|day, _| !years.contains(&date_of(*day).year()));
    town.exceptions.extend(days);
    town
}

pub(crate) fn in_hours() -> impl Strategy<Value = Limit> {
    prop_oneof![(0..300_u32).prop_map(Limit::hours), (0..60_u32).prop_map(Limit::working_hours)]
}

pub(crate) fn in_days() -> impl Strategy<Value = Limit> {
    prop_oneof![(0..20_u32).prop_map(Limit::calendar_days), (0..16_u32).prop_map(Limit::days)]
}

pub(crate) fn limits() -> impl Strategy<Value = Limit> {
    prop_oneof![in_hours(), in_days()]
}

/// Minutes of 2025 and 2026, by the simulator's clock; often a midnight, or when the office opens or closes.
pub(crate) fn starts() -> impl Strategy<Value = i64> {
    let of_day = prop_oneof![0..DAY, prop::sample::select(vec![0, 9 * 60, 12 * 60, 13 * 60, 17 * 60, DAY - 1])];
    (FIRST_DAY..LAST_DAY, of_day).prop_map(|(day, minute)| day * DAY + minute)
}

/// When a pause begins, in minutes after what came before, and how long it lasts.
pub(crate) fn pauses() -> impl Strategy<Value = (i64, i64)> {
    let minutes = || prop_oneof![0..20 * DAY, 0..DAY, 0..10_i64, (0..15_i64).prop_map(|days| days * DAY)];
    (minutes(), minutes())
}

/// The same as they follow one another from a start, by the simulator's clock.
pub(crate) fn lay_out(start: i64, pauses: &[(i64, i64)]) -> Vec<(i64, i64)> {
    let mut at = start;
    let lay = |(after, lasting): &(i64, i64)| {
        let pause = (at + after, at + after + lasting);
        at = pause.1;
        pause
    };
    pauses.iter().map(lay).collect()
}

pub(crate) fn as_pauses(pauses: &[(i64, i64)]) -> Vec<Pause> {
    let instant = super::naive::instant;
    pauses.iter().map(|(from, to)| Pause { from: instant(*from), to: instant(*to) }).collect()
}
