//! R9: a reminder every five days while it is open with a unit.

use super::in_the_past;
use super::situations::situations;
use crate::request::{Command, Event, Reminded, Request, Stage};
use crate::testing::{Past, at, filed, given};

/// Claimed on Monday the 2nd.
fn claimed() -> Past<Request> {
    filed().with_the_fire_brigade()
}

fn reminded(nth: u32, next: &str) -> Event {
    Event::Reminded(Reminded { nth, next_at: at(next) })
}

#[test]
fn r9_the_unit_is_reminded_every_five_working_days() {
    let past = given(claimed().at("2026-11-09 23:59:59")).when(Command::Remind).then_nothing();
    let past = given(past.at("2026-11-10 00:00")).when(Command::Remind).then([reminded(1, "2026-11-17 00:00")]);
    let past = given(past).when(Command::Remind).then_nothing();
    let past = given(past.at("2026-11-17 00:00")).when(Command::Remind).then([reminded(2, "2026-11-24 00:00")]);
    assert_eq!((past.case().reminders, past.case().remind_at), (2, Some(at("2026-11-24 00:00"))));
}

#[test]
fn r9_a_late_reminder_does_not_put_off_the_next() {
    given(claimed().at("2026-11-13 15:00")).when(Command::Remind).then([reminded(1, "2026-11-17 00:00")]);
}

#[test]
fn r9_a_claim_does_not_put_it_off_and_a_new_dispatch_begins_anew() {
    let past = filed().triaged().dispatched_to("parks").at("2026-11-09 08:00").claimed_by("parks");
    assert_eq!(past.case().remind_at, Some(at("2026-11-10 00:00")));
    let past = given(past.at("2026-11-10 00:00")).when(Command::Remind).then_granted();
    let past = past.at("2026-11-11 08:00").returned_by("parks").triaged().dispatched_to("roads");
    assert_eq!((past.case().reminders, past.case().remind_at), (0, Some(at("2026-11-19 00:00"))));
}

#[test]
fn r9_who_works_on_it_again_is_reminded_again() {
    let past = claimed().at("2026-11-04 08:00").sent_back();
    given(past.at("2026-11-12 00:00")).when(Command::Remind).then([reminded(1, "2026-11-19 00:00")]);
}

#[test]
fn r9_it_is_reminded_exactly_while_a_unit_owes_the_work() {
    for (name, past) in situations() {
        let with_a_unit = matches!(past.case().stage, Stage::Dispatched { .. } | Stage::Claimed(_) | Stage::Rework(_));
        let events = in_the_past(past.clone()).decide(Command::Remind).unwrap();
        let was_reminded = matches!(events[..], [Event::Reminded(_)]);
        assert_eq!(was_reminded, with_a_unit, "{name}");
    }
}

#[test]
fn r11_a_suspension_puts_it_off() {
    let past = claimed().at("2026-11-05 08:00").suspended().at("2026-11-12 08:00");
    let past = given(past).when(Command::Remind).then_nothing().resumed();
    assert_eq!(past.case().remind_at, Some(at("2026-11-17 00:00")));
}
