//! The traffic light of a project (R29).

use super::{conclude, finish, opened, stage_done};
use crate::project::light;
use crate::review::Outcome;
use crate::testing::at;
use crate::time::Light;

#[test]
fn a_project_is_red_when_a_stage_is_late_and_green_again_once_it_is_done() {
    let past = opened();
    let before = at("2026-11-19 23:59");
    assert_eq!(light(past.plan(), before), Light::Green);
    assert_eq!(light(past.plan(), at("2026-11-20 00:00")), Light::Red);
    let done = past.done(stage_done(1));
    assert_eq!(light(done.plan(), at("2026-11-21 00:00")), Light::Green);
}

#[test]
fn one_rework_makes_it_yellow_and_two_make_it_red_and_a_late_one_too() {
    let past = opened().done(stage_done(1)).reworked(1);
    assert_eq!(light(past.plan(), past.now), Light::Yellow);
    // R12: 7 working days from Monday, 2 November.
    assert_eq!(light(past.plan(), at("2026-11-10 23:59")), Light::Yellow);
    assert_eq!(light(past.plan(), at("2026-11-12 00:00")), Light::Red);
    let again = past.done(finish(2, &[])).done(conclude(2, Outcome::Rework));
    assert_eq!(light(again.plan(), again.now), Light::Red);
}

#[test]
fn what_waits_for_its_review_or_is_closed_owes_nothing() {
    let in_review = opened().done(stage_done(1)).reworked(2).done(finish(3, &[]));
    assert_eq!(light(in_review.plan(), at("2027-12-01 00:00")), Light::Green);
    let closed = in_review.done(conclude(3, Outcome::Passed));
    assert_eq!(light(closed.plan(), at("2027-12-01 00:00")), Light::Green);
}
