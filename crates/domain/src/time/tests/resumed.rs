//! What a pause does to a due time (R11), line by line.

use super::{at, local};
use crate::time::{Calendar, Due, Limit, Policy};

/// Checks the due time, of a limit that started on Monday, 2 March 2026, at 10:00, after one pause.
#[track_caller]
fn check(limit: Limit, paused: &str, resumed: &str, expected: &str) {
    check_from("2026-03-02T10:00", limit, paused, resumed, expected);
}

#[track_caller]
fn check_from(start: &str, limit: Limit, paused: &str, resumed: &str, expected: &str) {
    let policy = Policy::standard();
    let due = Due::from(at(&policy, start), limit, &policy);
    let moved = due.resumed(at(&policy, paused), at(&policy, resumed), &policy);
    assert_eq!(local(&policy, moved.at), expected, "{limit:?} from {start}, paused from {paused} to {resumed}");
    assert_eq!((moved.started, moved.limit), (due.started, due.limit));
}

#[test]
fn hours_are_given_back_as_they_were() {
    check(Limit::hours(24), "2026-03-02T12:00", "2026-03-02T15:00", "2026-03-03T13:00:00");
    check(Limit::hours(24), "2026-03-02T12:00", "2026-03-09T12:00", "2026-03-10T10:00:00");
    check(Limit::hours(24), "2026-03-03T09:59:59", "2026-03-04T00:00", "2026-03-04T00:00:01");
}

#[test]
fn working_hours_are_given_back_in_office_hours() {
    check(Limit::working_hours(7), "2026-03-02T11:00", "2026-03-02T14:00", "2026-03-03T12:00:00");
    check(Limit::working_hours(7), "2026-03-02T16:00", "2026-03-06T16:30", "2026-03-09T10:30:00");
    check(Limit::working_hours(7), "2026-03-02T12:00", "2026-03-02T13:00", "2026-03-03T10:00:00");
    check(Limit::working_hours(7), "2026-03-02T17:30", "2026-03-03T09:00", "2026-03-03T10:00:00");
}

#[test]
fn days_are_given_back_to_the_midnight_that_ends_them() {
    // Two days from Monday end at midnight after Wednesday.
    check(Limit::days(2), "2026-03-02T12:00", "2026-03-03T12:00", "2026-03-06T00:00:00");
    check(Limit::days(2), "2026-03-02T12:00", "2026-03-03T09:00", "2026-03-06T00:00:00");
    check(Limit::days(2), "2026-03-02T12:00", "2026-03-03T12:01", "2026-03-07T00:00:00");
    check(Limit::days(2), "2026-03-02T12:00", "2026-03-02T12:01", "2026-03-06T00:00:00");
    check(Limit::days(2), "2026-03-03T00:00", "2026-03-05T00:00", "2026-03-07T00:00:00");
    check(Limit::calendar_days(2), "2026-03-02T12:00", "2026-03-04T12:00", "2026-03-07T00:00:00");
    check(Limit::calendar_days(2), "2026-03-02T12:00", "2026-03-06T13:00", "2026-03-10T00:00:00");
}

#[test]
fn a_pause_wins_no_time_that_would_not_have_counted() {
    let friday = "2026-03-06T10:00";
    check_from(friday, Limit::days(1), "2026-03-07T00:00", "2026-03-09T00:00", "2026-03-10T00:00:00");
    check_from(friday, Limit::days(1), "2026-03-07T10:00", "2026-03-08T15:00", "2026-03-10T00:00:00");
    check_from(friday, Limit::working_hours(7), "2026-03-06T17:00", "2026-03-09T09:00", "2026-03-09T10:00:00");
    check_from(friday, Limit::calendar_days(2), "2026-03-07T10:00", "2026-03-08T10:00", "2026-03-10T00:00:00");
}

#[test]
fn a_pause_over_spring_festival() {
    let start = "2026-02-13T10:00";
    check_from(start, Limit::days(2), "2026-02-15T00:00", "2026-02-24T00:00", "2026-02-25T00:00:00");
    check_from(start, Limit::days(2), "2026-02-14T00:00", "2026-02-24T00:00", "2026-02-26T00:00:00");
    check_from(start, Limit::days(2), "2026-02-14T12:00", "2026-02-18T12:00", "2026-02-26T00:00:00");
}

#[test]
fn a_due_time_that_had_passed_stays() {
    check(Limit::days(1), "2026-03-04T00:00", "2026-03-09T00:00", "2026-03-04T00:00:00");
    check(Limit::hours(2), "2026-03-02T12:00", "2026-03-09T00:00", "2026-03-02T12:00:00");
    check(Limit::hours(2), "2026-03-02T11:59", "2026-03-09T00:00", "2026-03-09T00:01:00");
}

#[test]
fn no_pause_moves_nothing() {
    check(Limit::days(1), "2026-03-02T11:00", "2026-03-02T11:00", "2026-03-04T00:00:00");
    check(Limit::days(1), "2026-03-02T12:00", "2026-03-02T11:00", "2026-03-04T00:00:00");
    check(Limit::hours(9), "2026-03-02T11:00", "2026-03-02T11:00", "2026-03-02T19:00:00");
}

#[test]
fn a_new_policy_and_calendar_are_named() {
    let old = Policy::standard();
    let worked = Calendar::parse(2, "date,kind,name\n2026-03-07,work,Fair\n").unwrap();
    let new = Policy { version: 2, calendar: Box::leak(Box::new(worked)), ..Policy::standard() };
    let due = Due::from(at(&old, "2026-03-02T10:00"), Limit::days(3), &old);
    let moved = due.resumed(at(&old, "2026-03-03T00:00"), at(&old, "2026-03-05T00:00"), &new);
    assert_eq!(local(&new, moved.at), "2026-03-08T00:00:00");
    assert_eq!((due.policy, due.calendar, moved.policy, moved.calendar), (1, 1, 2, 2));
}
