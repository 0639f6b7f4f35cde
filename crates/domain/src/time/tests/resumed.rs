//! What a pause does to a due time (R11), line by line.

use super::{at, local};
use crate::time::{Due, Limit, Pause, Policy};

/// Checks the due time, of a limit that started on Monday, 2 March 2026, at 10:00, after one pause.
#[track_caller]
fn check(limit: Limit, paused: &str, resumed: &str, expected: &str) {
    check_from("2026-03-02T10:00", limit, paused, resumed, expected);
}

#[track_caller]
fn check_from(start: &str, limit: Limit, paused: &str, resumed: &str, expected: &str) {
    let policy = Policy::standard();
    let pause = Pause { from: at(&policy, paused), to: at(&policy, resumed) };
    let due = Due::worked_out(at(&policy, start), limit, &[pause], &policy);
    assert_eq!(local(&policy, due.at), expected, "{limit:?} from {start}, paused from {paused} to {resumed}");
    assert_eq!((due.started, due.limit), (at(&policy, start), limit));
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
fn of_days_those_are_given_back_whose_end_the_pause_covers() {
    // Two days from Monday end at midnight after Wednesday.
    check(Limit::days(2), "2026-03-02T12:00", "2026-03-03T12:00", "2026-03-05T00:00:00");
    check(Limit::days(2), "2026-03-03T09:00", "2026-03-04T12:00", "2026-03-06T00:00:00");
    check(Limit::days(2), "2026-03-04T09:00", "2026-03-06T12:00", "2026-03-07T00:00:00");
    check(Limit::days(2), "2026-03-03T00:00", "2026-03-05T00:00", "2026-03-07T00:00:00");
    check(Limit::calendar_days(2), "2026-03-04T12:00", "2026-03-06T13:00", "2026-03-07T00:00:00");
    check(Limit::calendar_days(2), "2026-03-03T12:00", "2026-03-06T13:00", "2026-03-08T00:00:00");
}

#[test]
fn a_pause_of_a_minute_within_a_day_gives_no_day_away() {
    check(Limit::days(2), "2026-03-03T12:00", "2026-03-03T12:01", "2026-03-05T00:00:00");
    check(Limit::days(2), "2026-03-04T00:00", "2026-03-04T23:59", "2026-03-05T00:00:00");
    check(Limit::calendar_days(2), "2026-03-03T12:00", "2026-03-03T18:00", "2026-03-05T00:00:00");
}

#[test]
fn a_due_time_never_comes_while_the_clock_stands_still() {
    check(Limit::days(2), "2026-03-04T23:59", "2026-03-05T00:01", "2026-03-06T00:00:00");
    check(Limit::days(2), "2026-03-04T23:00", "2026-03-05T00:00", "2026-03-06T00:00:00");
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
    // Saturday the 14th is worked, the 15th to the 23rd are off.
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
    check(Limit::days(1), "2026-03-02T12:00", "2026-03-02T12:00", "2026-03-04T00:00:00");
    check(Limit::hours(9), "2026-03-02T11:00", "2026-03-02T11:00", "2026-03-02T19:00:00");
}
