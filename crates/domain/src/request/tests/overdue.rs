//! R10: overdue is said once for each limit, with a supervision order that climbs level by level.

use super::situations::situations;
use super::{due, in_the_past};
use crate::people::Level;
use crate::request::{Command, Escalated, Event, Holder, Overdue, Reason, Request, Supervised};
use crate::testing::{
    Past, at, category, dispatch_to, extend_until, filed, give_back, given, grant_what_was_asked, policy, staff_of,
    supervisor, unit, verify,
};
use crate::time::{Due, Limit, Policy};

/// Due on the 24th, at midnight.
fn claimed() -> Past<Request> {
    filed().with_the_fire_brigade()
}

fn overdue(limit: Due) -> Event {
    Event::Overdue(Overdue { limit })
}

fn supervised(holder: Holder, level: Option<Level>, due: Due) -> Event {
    Event::Supervised(Supervised { holder, level, due })
}

fn escalated(level: Level) -> Event {
    Event::Escalated(Escalated { level, cause: Reason::Overdue })
}

fn fire_brigade() -> Holder {
    Holder::Unit(unit("fire-brigade"))
}

/// An order's limit.
fn three_days(from: &str, until: &str) -> Due {
    due(from, Limit::days(3), until)
}

#[test]
fn r10_when_the_limit_passes_it_is_said_and_an_order_goes_to_whoever_has_it() {
    let past = given(claimed().at("2026-11-23 23:59:59.999999")).when(Command::MarkOverdue).then_nothing();
    let limit = past.case().due.clone();
    let order = three_days("2026-11-24 00:00", "2026-11-28 00:00");
    let past = given(past.at("2026-11-24 00:00"))
        .when(Command::MarkOverdue)
        .then([overdue(limit), supervised(fire_brigade(), None, order.clone())]);
    assert_eq!((past.case().overdue, past.case().supervision.clone()), (true, Some(order)));
    given(past.after_hours(100)).when(Command::MarkOverdue).then_nothing();
}

#[test]
fn r7_r10_a_request_that_nobody_triaged_is_the_desks_fault() {
    let order = three_days("2026-11-05 00:00", "2026-11-11 00:00");
    let past = filed().at("2026-11-05 00:00");
    let limit = past.case().due.clone();
    given(past).when(Command::MarkOverdue).then([overdue(limit), supervised(Holder::Desk, None, order)]);
}

#[test]
fn r10_exactly_where_the_clock_runs_it_becomes_overdue() {
    for (name, past) in situations() {
        let stage = past.case().stage.name();
        let runs = ["filed", "triaged", "returned", "dispatched", "claimed", "rework"].contains(&stage);
        let was_said = past.case().overdue;
        let events = in_the_past(past).decide(Command::MarkOverdue).unwrap();
        let is_said = matches!(events[..], [Event::Overdue(_), Event::Supervised(_)]);
        assert_eq!(is_said, runs && !was_said, "{name}");
    }
}

#[test]
fn r10_when_the_order_passes_it_climbs_level_by_level_up_to_the_town() {
    let past = claimed().overdue();
    let past = given(past.at("2026-11-27 23:59")).when(Command::Escalate).then_nothing();
    let next = three_days("2026-11-28 00:00", "2026-12-03 00:00");
    let past = given(past.at("2026-11-28 00:00"))
        .when(Command::Escalate)
        .then([escalated(Level::Branch), supervised(fire_brigade(), Some(Level::Branch), next)]);
    let next = three_days("2026-12-03 00:00", "2026-12-09 00:00");
    let past = given(past.at("2026-12-03 00:00"))
        .when(Command::Escalate)
        .then([escalated(Level::Community), supervised(fire_brigade(), Some(Level::Community), next)]);
    let past = given(past.at("2026-12-09 00:00")).when(Command::Escalate).then([escalated(Level::Town)]);
    assert!(past.case().supervision.is_some(), "the order stays open until it is done");
    given(past.after_hours(24 * 30)).when(Command::Escalate).then_nothing();
}

#[test]
fn r10_the_order_is_about_the_work_and_goes_with_it_to_the_next() {
    let past = claimed().overdue().done(give_back("fire-brigade")).triaged().dispatched_to("parks");
    assert!(past.case().overdue && past.case().supervision.is_some());
    let past = given(past.at("2026-11-28 00:00")).when(Command::Escalate).then_granted();
    let Some(Event::Supervised(order)) = past.events.last() else { panic!("there is a new order") };
    assert_eq!(order.holder, Holder::Unit(unit("parks")));
}

#[test]
fn r10_an_order_about_triage_is_closed_by_the_dispatch() {
    let past = filed().overdue().triaged();
    assert!(past.case().overdue && past.case().supervision.is_some(), "triage alone is not enough");
    let past = given(past).when(dispatch_to("parks")).then_granted();
    assert_eq!((past.case().overdue, past.case().supervision.clone()), (false, None));
    let past = given(in_the_past(past)).when(Command::MarkOverdue).then_granted();
    assert!(past.case().overdue, "a new limit, a new passing");
}

#[test]
fn r10_completion_and_every_end_close_the_order() {
    for (name, past) in situations() {
        let is_done = !past.case().stage.is_open() || ["completed", "in_review"].contains(&past.case().stage.name());
        assert!(!is_done || past.case().supervision.is_none(), "{name}");
    }
    assert_eq!(claimed().overdue().completed_by("fire-brigade").case().supervision, None);
    assert_eq!(filed().overdue().done(crate::testing::reject()).case().supervision, None);
}

#[test]
fn r6a_r10_a_completion_that_does_not_stand_brings_the_order_back() {
    let policy = Policy { verified: vec![category("城乡建设")], ..policy() };
    let past = claimed().under(policy).overdue().completed_by("fire-brigade").by(supervisor());
    let past = given(past).when(verify(false)).then_granted();
    assert!(past.case().supervision.is_some());
    let said = past.events.iter().filter(|event| matches!(event, Event::Overdue(_)));
    assert_eq!(said.count(), 1, "the limit is the same");
    given(past).when(Command::MarkOverdue).then_nothing();
}

#[test]
fn r12_rework_has_a_limit_of_its_own_that_can_pass() {
    let past = claimed().overdue().sent_back();
    assert_eq!((past.case().overdue, past.case().supervision.clone()), (false, None));
    let past = past.overdue();
    assert!(past.case().overdue);
    let said = past.events.iter().filter(|event| matches!(event, Event::Overdue(_)));
    assert_eq!(said.count(), 2);
}

#[test]
fn r11_a_granted_extension_settles_it_until_the_new_limit_passes() {
    let asked = claimed().done_by(staff_of("fire-brigade"), extend_until(at("2026-12-01 00:00")));
    let past = asked.overdue().done_by(supervisor(), grant_what_was_asked());
    assert_eq!((past.case().overdue, past.case().supervision.clone()), (false, None));
    let past = given(past.at("2026-11-30 23:59")).when(Command::MarkOverdue).then_nothing();
    let past = given(past.at("2026-12-01 00:00")).when(Command::MarkOverdue).then_granted();
    assert!(past.case().overdue);
}

#[test]
fn r11_while_it_is_suspended_nothing_passes_and_the_order_goes_on_where_it_stood() {
    let past = claimed().overdue().at("2026-11-25 08:00").suspended().at("2026-12-02 08:00");
    let past = given(past).when(Command::Escalate).then_nothing();
    let past = given(past).when(Command::MarkOverdue).then_nothing().resumed();
    let order = past.case().supervision.clone().unwrap();
    assert_eq!(order.at, at("2026-12-05 00:00"));
    assert!(past.case().overdue);
}

#[test]
fn r19_what_was_escalated_before_goes_on_from_there() {
    let past = claimed().sent_back().completed_by("fire-brigade").in_review().done(crate::testing::order_rework());
    assert_eq!(past.case().escalated, Some(Level::Branch));
    let past = past.overdue();
    let Some(Event::Supervised(order)) = past.events.last() else { panic!("there is an order") };
    assert_eq!(order.level, Some(Level::Branch));
    assert_eq!(past.escalated().case().escalated, Some(Level::Community));
}
