//! What holds for all limits and pauses, and agreement with the simulator.

use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;

use super::naive;
use crate::time::{Due, Limit, LimitUnit, Policy};

const DAY: i64 = 24 * 60;

fn in_hours() -> impl Strategy<Value = Limit> {
    prop_oneof![(0..300_u32).prop_map(Limit::hours), (0..60_u32).prop_map(Limit::working_hours)]
}

fn in_days() -> impl Strategy<Value = Limit> {
    prop_oneof![(0..20_u32).prop_map(Limit::calendar_days), (0..16_u32).prop_map(Limit::days)]
}

fn limits() -> impl Strategy<Value = Limit> {
    prop_oneof![in_hours(), in_days()]
}

/// Minutes of 2025 and 2026, by the simulator's clock; often a midnight, or when the office opens or closes.
fn starts() -> impl Strategy<Value = i64> {
    let of_day = prop_oneof![0..DAY, prop::sample::select(vec![0, 9 * 60, 12 * 60, 13 * 60, 17 * 60, DAY - 1])];
    (20_089..20_819_i64, of_day).prop_map(|(day, minute)| day * DAY + minute)
}

/// When a pause begins, in minutes after the start, and how long it lasts.
fn pauses() -> impl Strategy<Value = (i64, i64)> {
    let minutes = || prop_oneof![0..20 * DAY, 0..DAY, (0..15_i64).prop_map(|days| days * DAY)];
    (minutes(), minutes())
}

fn due(start: i64, limit: Limit) -> Due {
    Due::from(naive::instant(start), limit, &Policy::standard())
}

fn resumed(due: &Due, paused: i64, resumed: i64) -> Due {
    due.resumed(naive::instant(paused), naive::instant(resumed), &Policy::standard())
}

fn minute(due: &Due) -> i64 {
    naive::minute(due.at)
}

proptest! {
    #[test]
    fn a_due_time_is_the_simulators(start in starts(), limit in limits()) {
        prop_assert_eq!(minute(&due(start, limit)), naive::due(start, limit));
    }

    #[test]
    fn pauses_move_it_like_the_simulators(
        start in starts(),
        limit in limits(),
        pauses in prop::collection::vec(pauses(), 1..4),
    ) {
        let mut due = due(start, limit);
        let mut now = start;
        for (after, lasting) in pauses {
            let (begins, ends) = (now + after, now + after + lasting);
            let expected = naive::resumed(minute(&due), begins, ends, limit.unit);
            due = resumed(&due, begins, ends);
            prop_assert_eq!(minute(&due), expected);
            now = ends;
        }
    }

    #[test]
    fn a_later_start_or_a_longer_limit_is_never_due_earlier(
        start in starts(),
        limit in limits(),
        later in 0..20 * DAY,
        longer in 0..20_u32,
    ) {
        let at = due(start, limit).at;
        prop_assert!(at <= due(start + later, limit).at);
        let longer = Limit { count: limit.count + longer, ..limit };
        prop_assert!(at <= due(start, longer).at);
    }

    #[test]
    fn days_end_at_midnight_and_never_at_once(start in starts(), limit in in_days(), (after, lasting) in pauses()) {
        let due = due(start, limit);
        prop_assert!(minute(&due) > start);
        prop_assert_eq!(minute(&due) % DAY, 0);
        prop_assert_eq!(minute(&resumed(&due, start + after, start + after + lasting)) % DAY, 0);
    }

    #[test]
    fn a_longer_pause_is_never_due_earlier(
        start in starts(),
        limit in limits(),
        (after, lasting) in pauses(),
        longer in 0..DAY,
    ) {
        let due = due(start, limit);
        let short = resumed(&due, start + after, start + after + lasting);
        let long = resumed(&due, start + after, start + after + lasting + longer);
        prop_assert!(due.at <= short.at && short.at <= long.at);
    }

    #[test]
    fn of_hours_two_pauses_in_a_row_are_one(
        start in starts(),
        limit in in_hours(),
        (after, first) in pauses(),
        second in 0..5 * DAY,
    ) {
        let due = due(start, limit);
        let (paused, between) = (start + after, start + after + first);
        let twice = resumed(&resumed(&due, paused, between), between, between + second);
        prop_assert_eq!(twice, resumed(&due, paused, between + second));
    }

    #[test]
    fn a_pause_in_days_wins_less_than_a_day_too_much(
        start in starts(),
        count in 1..20_u32,
        fraction in 0..100_i64,
        lasting in 0..20 * DAY,
    ) {
        let due = due(start, Limit::calendar_days(count));
        let paused = start + (minute(&due) - start) * fraction / 100;
        let won = minute(&resumed(&due, paused, paused + lasting)) - minute(&due);
        prop_assert!((lasting..lasting + DAY).contains(&won), "won {won} by {lasting}");
    }

    #[test]
    fn yellow_begins_within_the_time(start in starts(), limit in limits()) {
        let due = due(start, limit);
        prop_assert!(due.started <= due.yellow_at() && due.yellow_at() <= due.at);
    }

    #[test]
    fn any_instants_have_an_answer(
        start in any::<i64>(),
        paused in any::<i64>(),
        until in any::<i64>(),
        count in 0..1_000_u32,
        unit in prop::sample::select(vec![
            LimitUnit::Hour, LimitUnit::WorkingHour, LimitUnit::CalendarDay, LimitUnit::WorkingDay,
        ]),
    ) {
        let policy = Policy::standard();
        // Within forty years, so that working days can be walked through quickly.
        let instant = |number: i64| Timestamp::UNIX_EPOCH + (number % 1_000_000_000).seconds();
        let due = Due::from(instant(start), Limit { count, unit }, &policy);
        prop_assert!(due.at >= due.started);
        prop_assert!(due.resumed(instant(paused), instant(until), &policy).at >= due.at);
    }
}
