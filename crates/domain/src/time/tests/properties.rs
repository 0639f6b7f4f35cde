//! What holds for all limits, pauses, calendars and office hours, and agreement with the simulator.

use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;

use super::naive::{self, DAY};
use super::towns::{as_pauses, in_days, in_hours, lay_out, limits, pauses, starts, towns};
use crate::time::{Due, Limit, LimitUnit, Pause, Policy, put_off};

fn due(start: i64, limit: Limit) -> Due {
    Due::from(naive::instant(start), limit, &Policy::standard())
}

fn with(start: i64, limit: Limit, pauses: &[(i64, i64)]) -> i64 {
    minute(&Due::worked_out(naive::instant(start), limit, &as_pauses(pauses), &Policy::standard()))
}

fn minute(due: &Due) -> i64 {
    naive::minute(due.at)
}

proptest! {
    #[test]
    fn a_due_time_is_the_simulators_in_any_place_and_with_any_pauses(
        (policy, town) in towns(),
        start in starts(),
        limit in limits(),
        pauses in prop::collection::vec(pauses(), 0..4),
    ) {
        let pauses = lay_out(start, &pauses);
        let due = Due::worked_out(naive::instant(start), limit, &as_pauses(&pauses), &policy);
        prop_assert_eq!(minute(&due), town.due(start, limit, &pauses));
    }

    #[test]
    fn a_named_instant_is_put_off_as_the_simulator_puts_it_off(
        (policy, town) in towns(),
        at in starts(),
        before in 0..20 * DAY,
        lasting in 0..20 * DAY,
        limit in limits(),
    ) {
        let pause = (at - before, at - before + lasting);
        let moved = put_off(naive::instant(at), limit.unit, as_pauses(&[pause])[0], &policy);
        prop_assert_eq!(naive::minute(moved), town.put_off(at, pause.0, pause.1, limit.unit));
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
    fn days_end_at_midnight_and_never_at_once(start in starts(), limit in in_days(), pause in pauses()) {
        let pauses = lay_out(start, &[pause]);
        prop_assert!(with(start, limit, &[]) > start);
        prop_assert_eq!(with(start, limit, &pauses) % DAY, 0);
    }

    #[test]
    fn a_longer_pause_is_never_due_earlier_and_a_due_time_never_lies_within_one(
        start in starts(),
        limit in limits(),
        pause in pauses(),
        longer in 0..DAY,
    ) {
        let short = lay_out(start, &[pause]);
        let long = lay_out(start, &[(pause.0, pause.1 + longer)]);
        let (none, short, moved) = (with(start, limit, &[]), with(start, limit, &short), with(start, limit, &long));
        prop_assert!(none <= short && short <= moved);
        prop_assert!(moved <= long[0].0 || moved > long[0].1 || limit.count == 0 || long[0].0 == long[0].1);
    }

    #[test]
    fn two_pauses_in_a_row_are_one(start in starts(), limit in limits(), (after, first) in pauses(), second in 0..5 * DAY) {
        let one = lay_out(start, &[(after, first + second)]);
        let two = lay_out(start, &[(after, first), (0, second)]);
        prop_assert_eq!(with(start, limit, &one), with(start, limit, &two));
    }

    #[test]
    fn of_hours_a_pause_wins_what_it_lasted(start in starts(), count in 1..300_u32, fraction in 0..100_i64, lasting in 0..20 * DAY) {
        let at = minute(&due(start, Limit::hours(count)));
        let pause = (start + (at - start) * fraction / 100, start + (at - start) * fraction / 100 + lasting);
        prop_assert_eq!(with(start, Limit::hours(count), &[pause]) - at, lasting);
    }

    #[test]
    fn of_days_a_pause_wins_or_loses_less_than_a_day(start in starts(), count in 1..20_u32, fraction in 0..100_i64, lasting in 0..20 * DAY) {
        let at = minute(&due(start, Limit::calendar_days(count)));
        // The day of the start is not counted, so that nothing can be won or lost of it.
        let tomorrow = (start / DAY + 1) * DAY;
        let paused = tomorrow + (at - tomorrow) * fraction / 100;
        let won = with(start, Limit::calendar_days(count), &[(paused, paused + lasting)]) - at;
        prop_assert!(won % DAY == 0 && (won - lasting).abs() < DAY, "won {won} by {lasting}");
        let within_one_day = paused / DAY == (paused + lasting) / DAY;
        prop_assert!(!within_one_day || won == 0);
    }

    #[test]
    fn yellow_begins_within_the_time(start in starts(), limit in limits()) {
        let due = due(start, limit);
        prop_assert!(due.started <= due.yellow_at() && due.yellow_at() <= due.at);
    }

    #[test]
    fn a_turn_follows_another_by_its_limit(start in starts(), limit in prop_oneof![in_days(), in_hours()]) {
        prop_assume!(limit.count > 0);
        let policy = Policy::standard();
        let first = due(start, limit).at;
        prop_assert!(Due::next_turn(first, limit, &[], &policy) > first);
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
        let pause = Pause { from: instant(paused), to: instant(until) };
        let due = Due::worked_out(instant(start), Limit { count, unit }, &[pause], &policy);
        prop_assert!(due.at >= due.started);
        prop_assert!(put_off(due.at, unit, pause, &policy) >= due.at);
    }
}
