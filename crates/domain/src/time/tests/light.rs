//! The traffic light.

use crate::time::{Due, Light, Limit, Policy, light};

/// Started on Monday, 2 March 2026, at 10:00, with ten hours: the last fifth begins at 18:00.
fn check(now: Option<&str>, reworks: u32, supervised: bool, expected: Light) {
    let policy = Policy::standard();
    let due = Due::from(super::at(&policy, "2026-03-02T10:00"), Limit::hours(10), &policy);
    let asked = super::at(&policy, now.unwrap_or("2026-03-02T23:00"));
    let due = now.map(|_| &due);
    assert_eq!(light(due, reworks, supervised, asked), expected, "{now:?}, {reworks} reworks, {supervised}");
}

#[test]
fn time_turns_it_yellow_and_red() {
    check(Some("2026-03-02T09:00"), 0, false, Light::Green);
    check(Some("2026-03-02T10:00"), 0, false, Light::Green);
    check(Some("2026-03-02T17:59:59.999"), 0, false, Light::Green);
    check(Some("2026-03-02T18:00"), 0, false, Light::Yellow);
    check(Some("2026-03-02T19:59:59.999"), 0, false, Light::Yellow);
    check(Some("2026-03-02T20:00"), 0, false, Light::Red);
}

#[test]
fn reworks_turn_it_yellow_and_red() {
    check(None, 0, false, Light::Green);
    check(None, 1, false, Light::Yellow);
    check(None, 2, false, Light::Red);
    check(None, u32::MAX, false, Light::Red);
    check(Some("2026-03-02T10:00"), 1, false, Light::Yellow);
    check(Some("2026-03-02T20:00"), 1, false, Light::Red);
}

#[test]
fn an_open_supervision_order_turns_it_red() {
    check(None, 0, true, Light::Red);
    check(Some("2026-03-02T10:00"), 0, true, Light::Red);
}

#[test]
fn colours_are_in_order_of_alarm() {
    assert!(Light::Green < Light::Yellow && Light::Yellow < Light::Red);
    assert_eq!(serde_json::to_string(&Light::Yellow).unwrap(), r#""yellow""#);
}

#[test]
fn a_limit_of_no_time_is_red_from_the_start() {
    let policy = Policy::standard();
    let start = super::at(&policy, "2026-03-02T10:00");
    let due = Due::from(start, Limit::hours(0), &policy);
    assert_eq!(due.yellow_at(), start);
    assert_eq!(light(Some(&due), 0, false, start), Light::Red);
}
