//! Due times as people expect them, line by line.

use jiff::Timestamp;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::{at, local};
use crate::time::{Due, Limit, Policy};

#[track_caller]
fn check(start: &str, limit: Limit, expected: &str) {
    check_in(&Policy::standard(), start, limit, expected);
}

#[track_caller]
fn check_in(policy: &Policy, start: &str, limit: Limit, expected: &str) {
    let due = Due::from(at(policy, start), limit, policy);
    assert_eq!(local(policy, due.at), expected, "{limit:?} from {start}");
}

fn policy_in(zone: &str) -> Policy {
    Policy { zone: TimeZoneDatabase::bundled().get(zone).unwrap(), ..Policy::standard() }
}

#[test]
fn the_day_of_the_start_is_not_counted_and_the_last_one_counts_whole() {
    check("2026-03-02T10:00", Limit::days(1), "2026-03-04T00:00:00");
    check("2026-03-02T10:00", Limit::days(15), "2026-03-24T00:00:00");
    check("2026-03-06T23:59:59", Limit::days(1), "2026-03-10T00:00:00");
    check("2026-03-06T10:00", Limit::calendar_days(1), "2026-03-08T00:00:00");
    check("2026-03-06T10:00", Limit::calendar_days(30), "2026-04-06T00:00:00");
}

#[test]
fn midnight_belongs_to_the_day_that_it_begins() {
    check("2026-03-02T00:00", Limit::days(1), "2026-03-04T00:00:00");
    check("2026-03-01T23:59:59.999", Limit::days(1), "2026-03-03T00:00:00");
    check("2026-03-02T00:00", Limit::days(0), "2026-03-03T00:00:00");
    check("2026-03-02T00:00", Limit::calendar_days(1), "2026-03-04T00:00:00");
}

#[test]
fn no_day_is_the_same_day_or_the_next_that_is_worked() {
    check("2026-03-02T08:00", Limit::days(0), "2026-03-03T00:00:00");
    check("2026-03-02T23:59", Limit::days(0), "2026-03-03T00:00:00");
    check("2026-03-07T08:00", Limit::days(0), "2026-03-10T00:00:00");
    check("2026-03-07T08:00", Limit::calendar_days(0), "2026-03-08T00:00:00");
}

#[test]
fn spring_festival_2026() {
    // Off from Sunday the 15th to Monday the 23rd; the Saturdays before and after are worked.
    check("2026-02-13T10:00", Limit::days(1), "2026-02-15T00:00:00");
    check("2026-02-13T10:00", Limit::days(2), "2026-02-25T00:00:00");
    check("2026-02-13T10:00", Limit::days(15), "2026-03-13T00:00:00");
    check("2026-02-18T10:00", Limit::days(1), "2026-02-25T00:00:00");
    check("2026-02-18T10:00", Limit::days(0), "2026-02-25T00:00:00");
    check("2026-02-27T10:00", Limit::days(1), "2026-03-01T00:00:00");
    check("2026-02-13T10:00", Limit::calendar_days(3), "2026-02-17T00:00:00");
}

#[test]
fn national_day_2026() {
    check("2026-09-18T10:00", Limit::days(2), "2026-09-22T00:00:00");
    check("2026-09-30T10:00", Limit::days(1), "2026-10-09T00:00:00");
    check("2026-09-30T10:00", Limit::days(3), "2026-10-11T00:00:00");
    check("2026-10-02T10:00", Limit::days(1), "2026-10-09T00:00:00");
    check("2026-10-09T10:00", Limit::days(2), "2026-10-13T00:00:00");
}

#[test]
fn year_ends() {
    check("2011-12-30T10:00", Limit::days(1), "2012-01-01T00:00:00");
    check("2025-12-31T10:00", Limit::days(1), "2026-01-05T00:00:00");
    check("2025-12-31T10:00", Limit::calendar_days(1), "2026-01-02T00:00:00");
    check("2025-12-31T23:00", Limit::hours(2), "2026-01-01T01:00:00");
    // 2027 is not announced yet: only its weekends are off.
    check("2026-12-31T10:00", Limit::days(1), "2027-01-02T00:00:00");
}

#[test]
fn hours_run_day_and_night() {
    check("2026-03-06T22:30", Limit::hours(2), "2026-03-07T00:30:00");
    check("2026-02-15T10:00:01", Limit::hours(24), "2026-02-16T10:00:01");
    check("2026-03-06T22:30", Limit::hours(0), "2026-03-06T22:30:00");
}

#[test]
fn working_hours_run_in_office_hours() {
    check("2026-03-02T09:00", Limit::working_hours(3), "2026-03-02T12:00:00");
    check("2026-03-02T09:00", Limit::working_hours(7), "2026-03-02T17:00:00");
    check("2026-03-02T09:00", Limit::working_hours(8), "2026-03-03T10:00:00");
    check("2026-03-02T12:30", Limit::working_hours(1), "2026-03-02T14:00:00");
    check("2026-03-02T11:45:30", Limit::working_hours(1), "2026-03-02T13:45:30");
    check("2026-03-02T03:00", Limit::working_hours(1), "2026-03-02T10:00:00");
    check("2026-03-02T17:00", Limit::working_hours(1), "2026-03-03T10:00:00");
    check("2026-03-01T10:00", Limit::working_hours(7), "2026-03-02T17:00:00");
    check("2026-02-13T16:00", Limit::working_hours(3), "2026-02-14T11:00:00");
    check("2026-02-14T16:00", Limit::working_hours(2), "2026-02-24T10:00:00");
    check("2026-02-14T16:00", Limit::working_hours(0), "2026-02-14T16:00:00");
}

#[test]
fn shanghai_has_no_summer_time_since_1992() {
    let policy = Policy::standard();
    for year in 1992..2100 {
        for month in 1..=12 {
            let start = format!("{year}-{month:02}-01T00:00");
            assert_eq!(policy.zone.to_offset(at(&policy, &start)).seconds(), 8 * 3600, "{start}");
        }
    }
}

#[test]
fn elsewhere_a_day_ends_at_its_own_midnight() {
    let berlin = policy_in("Europe/Berlin");
    check_in(&berlin, "2026-03-28T12:00", Limit::calendar_days(1), "2026-03-30T00:00:00");
    check_in(&berlin, "2026-03-28T12:00", Limit::hours(24), "2026-03-29T13:00:00");
    // No midnight on that day: clocks go from 23:59 to 01:00.
    check_in(&policy_in("America/Sao_Paulo"), "2018-11-02T12:00", Limit::calendar_days(1), "2018-11-04T01:00:00");
}

#[test]
fn on_time_means_before() {
    let policy = Policy::standard();
    let due = Due::from(at(&policy, "2026-03-02T10:00"), Limit::days(1), &policy);
    assert!(due.on_time(at(&policy, "2026-03-03T23:59:59.999999999")));
    assert!(!due.on_time(at(&policy, "2026-03-04T00:00")));
}

#[test]
fn limits_beyond_the_end_of_time_end_with_it() {
    let policy = Policy { zone: TimeZone::UTC, ..Policy::standard() };
    let start = at(&policy, "9999-12-20T10:00");
    let limits = [Limit::hours, Limit::working_hours, Limit::calendar_days, Limit::days];
    for limit in limits.map(|unit| unit(1_000)) {
        let due = Due::from(start, limit, &policy);
        assert_eq!(due.at, Timestamp::MAX, "{limit:?}");
        assert_eq!(
            crate::time::put_off(due.at, limit.unit, crate::time::Pause { from: start, to: Timestamp::MAX }, &policy),
            Timestamp::MAX
        );
    }
}

/// What comes round every `limit` comes at these local times, having come first at `first`.
#[track_caller]
fn check_turns(first: &str, limit: Limit, turns: &[&str]) {
    let policy = Policy::standard();
    let mut turn_at = at(&policy, first);
    for turn in turns {
        turn_at = Due::next_turn(turn_at, limit, &[], &policy);
        assert_eq!(local(&policy, turn_at), format!("{turn}:00"), "after {first}");
    }
}

#[test]
fn r9_what_comes_round_comes_as_many_days_later_each_time() {
    check_turns("2026-03-07T00:00", Limit::days(5), &["2026-03-14T00:00", "2026-03-21T00:00", "2026-03-28T00:00"]);
    check_turns("2026-03-10T00:00", Limit::days(5), &["2026-03-17T00:00", "2026-03-24T00:00"]);
    check_turns("2026-03-10T00:00", Limit::calendar_days(1), &["2026-03-11T00:00", "2026-03-12T00:00"]);
    check_turns("2026-03-10T08:00", Limit::days(1), &["2026-03-12T00:00", "2026-03-13T00:00"]);
    check_turns("2026-03-10T08:00", Limit::hours(30), &["2026-03-11T14:00", "2026-03-12T20:00"]);
}
