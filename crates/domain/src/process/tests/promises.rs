//! Promises: made once, however often; kept by the wish that they stand for.

use crate::process::{Promise, Reaction};
use crate::review::Command;
use crate::testing::request;

fn end_of(name: &str, round: u32) -> Promise {
    Promise::EndRound { request: request(name), round }
}

#[test]
fn the_same_promise_has_the_same_timer_and_another_one_another() {
    assert_eq!(end_of("lamp", 1).timer_id(), end_of("lamp", 1).timer_id());
    assert_ne!(end_of("lamp", 1).timer_id(), end_of("lamp", 2).timer_id());
    assert_ne!(end_of("lamp", 1).timer_id(), end_of("lantern", 1).timer_id());
}

#[test]
fn r13_a_timers_id_is_the_same_after_every_restart() {
    let promise = Promise::EndRound { request: uuid::Uuid::nil().into(), round: 1 };
    assert_eq!(promise.timer_id().to_string(), "0fa1f819-288c-5117-8a08-83d7954d7451");
}

#[test]
fn a_promise_to_end_a_round_is_kept_by_ending_it() {
    assert_eq!(end_of("lamp", 2).keep(), Reaction::Review(request("lamp"), Command::End { round: 2 }));
}

#[test]
fn a_promise_survives_being_stored() {
    let stored = serde_json::to_string(&end_of("lamp", 1)).unwrap();
    assert!(stored.starts_with(r#"{"end_round":{"request":"#), "{stored}");
    assert_eq!(serde_json::from_str::<Promise>(&stored).unwrap(), end_of("lamp", 1));
}
