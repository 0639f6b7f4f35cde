//! A request with a past in another system.

use crate::people::Actor;
use crate::request::{Closing, Command, Dispatched, Event, Holder, Import, PastAnswer, Request, Stage, Target};
use crate::testing::{Past, at, filing, given, text};

fn import(answer: Option<PastAnswer>) -> Import {
    Import { file: filing(), filed: at("2024-03-04 09:00"), answer }
}

fn answered() -> Import {
    import(Some(PastAnswer { completed: at("2024-03-11 15:00"), answer: text("it shines") }))
}

fn past() -> Past<Request> {
    Past::nothing().by(Actor::System)
}

#[test]
fn the_limits_of_an_open_row_count_from_the_import() {
    let past = given(past()).when(Command::Import(Box::new(import(None)))).then_granted();
    assert_eq!(past.case().stage, Stage::Filed);
    assert_eq!(past.case().due.started, at("2026-11-02 08:00"));
}

#[test]
fn r18_an_answered_row_gets_its_past_and_is_closed_unrated() {
    let past = given(past()).when(Command::Import(Box::new(answered()))).then_granted();
    let names: Vec<&str> = past.events.iter().map(Event::name).collect();
    assert_eq!(
        names,
        ["sandan.request.filed", "sandan.request.dispatched", "sandan.request.completed", "sandan.request.closed"]
    );
    assert_eq!(past.case().stage, Stage::Closed(Closing::Unrated));
    let Event::Dispatched(Dispatched { target, due, late_arrival, .. }) = &past.events[1] else { panic!() };
    assert_eq!((target, late_arrival), (&Target::Desk, &false));
    assert_eq!(due.at, at("2024-03-26 00:00"), "fifteen days of its own time (R8)");
}

#[test]
fn each_event_of_the_past_happened_at_its_own_time() {
    let past = past().done(Command::Import(Box::new(answered())));
    let times: Vec<_> = past.events.iter().map(|event| answered().occurred(event)).collect();
    let (filed, completed) = (at("2024-03-04 09:00"), at("2024-03-11 15:00"));
    assert_eq!(times, [filed, filed, completed, completed]);
    assert_eq!(import(None).occurred(&past.events[0]), filed);
}

#[test]
fn the_desk_did_what_was_done_elsewhere() {
    let past = past().done(Command::Import(Box::new(answered())));
    assert!(matches!(&past.events[2], Event::Completed(completed) if completed.by == Holder::Desk && completed.solved));
}

#[test]
fn what_is_there_is_not_imported_again() {
    let past = past().done(Command::Import(Box::new(answered())));
    given(past).when(Command::Import(Box::new(import(None)))).then_refused_as("filed-before");
}
