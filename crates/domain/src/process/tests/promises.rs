//! Promises: made once, however often; kept by the wish that they stand for; those of a request follow from its
//! state.

use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use crate::callback;
use crate::evaluation;
use crate::ids::{CallbackId, EvaluationId, RequestId};
use crate::policy;
use crate::process::{Promise, Reaction, promises_of};
use crate::request::{self, Command};
use crate::review;
use crate::testing::{Past, at, community, fall_back_to, filed, listing, request};

listing! {
    /// A promise that is added stands here, and so in every test of this file.
    promise_name(Promise) -> promises: (Promise, Reaction);
    Promise::EndRound { .. } => "end_round": (Promise::EndRound { request: lamp(), round: 1 }, of_review(review::Command::End { round: 1 })),
    Promise::Invite { .. } => "invite": (Promise::Invite { request: lamp(), round: 1 }, of_review(review::Command::Invite { round: 1 })),
    Promise::Overdue { .. } => "overdue": (Promise::Overdue { request: lamp(), at: midnight() }, of_request(Command::MarkOverdue)),
    Promise::Remind { .. } => "remind": (Promise::Remind { request: lamp(), at: midnight() }, of_request(Command::Remind)),
    Promise::Supervision { .. } => "supervision": (Promise::Supervision { request: lamp(), at: midnight() }, of_request(Command::Escalate)),
    Promise::FallBack { .. } => "fall_back": (Promise::FallBack { request: lamp(), at: midnight() }, of_request(fall_back_to(None))),
    Promise::TakeEffect { .. } => "take_effect": (Promise::TakeEffect { community: community(), version: 1 }, Reaction::Policy(community(), policy::Command::TakeEffect { version: 1 })),
    Promise::DrawCallbacks { .. } => "draw_callbacks": (Promise::DrawCallbacks { community: community(), callbacks: november() }, Reaction::Callback(community(), november(), nothing_drawn())),
    Promise::Count { .. } => "count": (Promise::Count { evaluation: vote() }, Reaction::Evaluation(vote(), evaluation::Command::Close { previous: Default::default() })),
    Promise::InviteVoters { .. } => "invite_voters": (Promise::InviteVoters { evaluation: vote() }, Reaction::Evaluation(vote(), evaluation::Command::Invite)),
}

/// Promises that are about no request.
const OF_A_COMMUNITY: [&str; 2] = ["take_effect", "draw_callbacks"];
const OF_A_VOTE: [&str; 2] = ["count", "invite_voters"];

fn november() -> CallbackId {
    community().callback_id(at("2026-11-01 00:00"), at("2026-12-01 00:00"))
}

const fn nothing_drawn() -> callback::Command {
    callback::Command::Draw { seed: String::new(), candidates: Vec::new() }
}

fn vote() -> EvaluationId {
    EvaluationId(Uuid::nil())
}

fn lamp() -> RequestId {
    request("lamp")
}

fn midnight() -> Timestamp {
    at("2026-11-24 00:00")
}

fn of_request(command: Command) -> Reaction {
    Reaction::Request(lamp(), command)
}

fn of_review(command: review::Command) -> Reaction {
    Reaction::Review(lamp(), command)
}

fn end_of(name: &str, round: u32) -> Promise {
    Promise::EndRound { request: request(name), round }
}

#[test]
fn a_promise_is_kept_by_the_wish_that_it_stands_for() {
    for (name, (promise, wish)) in promises() {
        assert_eq!((promise_name(&promise), promise.keep()), (name, wish));
        let is_of_a_request = !OF_A_COMMUNITY.contains(&name) && !OF_A_VOTE.contains(&name);
        assert_eq!(promise.request(), is_of_a_request.then(lamp));
    }
}

#[test]
fn a_promise_survives_being_stored() {
    for (name, (promise, _)) in promises() {
        let stored = serde_json::to_string(&promise).unwrap();
        let of = match name {
            name if OF_A_VOTE.contains(&name) => "evaluation",
            name if OF_A_COMMUNITY.contains(&name) => "community",
            _ => "request",
        };
        assert!(stored.starts_with(&format!(r#"{{"{name}":{{"{of}":"#)), "{stored}");
        assert_eq!(serde_json::from_str::<Promise>(&stored).unwrap(), promise);
    }
}

#[test]
fn the_same_promise_has_the_same_timer_and_another_one_another() {
    assert_eq!(end_of("lamp", 1).timer_id(), end_of("lamp", 1).timer_id());
    let others =
        [end_of("lamp", 2), end_of("lantern", 1), Promise::Overdue { request: lamp(), at: at("2026-11-25 00:00") }];
    let all: Vec<Promise> = promises().into_iter().map(|(_, (promise, _))| promise).chain(others).collect();
    let ids: std::collections::BTreeSet<Uuid> = all.iter().map(Promise::timer_id).collect();
    assert_eq!(ids.len(), all.len());
}

#[test]
fn r13_a_timers_id_is_the_same_after_every_restart() {
    let promise = Promise::EndRound { request: Uuid::nil().into(), round: 1 };
    assert_eq!(promise.timer_id().to_string(), "00000000-0000-8c5d-8072-0343d0ee8032");
}

proptest! {
    #[test]
    fn timers_stand_in_the_order_of_their_requests(id: u128, round: u32) {
        let promise = Promise::EndRound { request: Uuid::from_u128(id).into(), round };
        prop_assert_eq!(promise.timer_id().as_u128() >> 80, id >> 80);
    }
}

/// What is owed in this state, by name and time.
fn owed(past: &Past<request::Request>) -> Vec<(&'static str, String)> {
    let zone = crate::testing::policy().zone;
    let said = |(promise, due): (Promise, Timestamp)| (promise_name(&promise), zone.to_datetime(due).to_string());
    promises_of(lamp(), &past.state).into_iter().map(said).collect()
}

#[track_caller]
fn check(past: &Past<request::Request>, expected: &[(&'static str, &str)]) {
    let expected: Vec<_> = expected.iter().map(|(name, due)| (*name, format!("{due}T00:00:00"))).collect();
    assert_eq!(owed(past), expected);
}

#[test]
fn what_is_owed_follows_from_the_state() {
    let past = filed();
    check(&past, &[("overdue", "2026-11-05")]);
    let pooled = past.triaged().pooled(1);
    check(&pooled, &[("overdue", "2026-11-24"), ("fall_back", "2026-11-04")]);
    let claimed = pooled.claimed_by("parks");
    check(&claimed, &[("overdue", "2026-11-24"), ("remind", "2026-11-10")]);
    check(&claimed.clone().returned_by("parks"), &[("overdue", "2026-11-24")]);
    let overdue = claimed.clone().overdue();
    check(&overdue, &[("remind", "2026-11-10"), ("supervision", "2026-11-28")]);
    check(&overdue.clone().suspended(), &[]);
    check(&overdue.clone().completed_by("parks"), &[]);
    check(&overdue.escalated().escalated().escalated(), &[("remind", "2026-11-10")]);
    let rework = claimed.completed_by("parks").in_review().done(crate::testing::order_rework());
    check(&rework, &[("overdue", "2026-11-12"), ("remind", "2026-11-10")]);
}

#[test]
fn what_is_not_filed_is_owed_nothing() {
    assert_eq!(promises_of(lamp(), &request::ServiceRequest::Absent), []);
}
