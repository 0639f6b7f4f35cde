//! R3: whose capacity a request takes up, and when it is asked whether there is room.

use crate::decider::Decider;
use crate::process::{Reaction, after_request};
use crate::request::{Request, ServiceRequest};
use crate::testing::{
    Past, community, dispatch_to, dispatch_to_pool, filed, give_back, order_rework, progress, request, unit, withdraw,
};
use crate::testing::{claim, complete};
use crate::unit::Command;

/// What the units are told of `command`.
fn told(past: Past<Request>, command: crate::request::Command) -> Vec<(String, Command)> {
    let mut state = past.state.clone();
    let mut told = Vec::new();
    for event in past.decide(command).unwrap() {
        let before: ServiceRequest = state.clone();
        Request::evolve(&mut state, &event);
        told.extend(after_request(request("lamp"), &before, &event, &state));
    }
    let of_units = |reaction| match reaction {
        Reaction::Unit(at, unit, command) if at == community() => Some((unit.to_string(), command)),
        _ => None,
    };
    told.into_iter().filter_map(of_units).collect()
}

fn takes_on(slug: &str, checked: bool) -> (String, Command) {
    (unit(slug).to_string(), Command::TakeOn { request: request("lamp"), checked })
}

fn lets_go(slug: &str) -> (String, Command) {
    (unit(slug).to_string(), Command::LetGo { request: request("lamp") })
}

#[test]
fn r3_a_dispatch_takes_up_nothing_until_it_is_claimed() {
    assert_eq!(told(filed().triaged(), dispatch_to("parks")), []);
    assert_eq!(told(filed().triaged(), dispatch_to_pool(2)), []);
}

#[test]
fn r3_who_claims_is_asked_for_room_and_whom_the_desk_named_is_not() {
    let past = filed().triaged().dispatched_to_team("parks", &["roads"]);
    assert_eq!(told(past, claim("parks")), [takes_on("parks", true), takes_on("roads", false)]);
    let past = filed().triaged().pooled(2).claimed_by("parks");
    assert_eq!(told(past, claim("roads")), [takes_on("roads", true)]);
}

#[test]
fn r3_rework_is_never_refused_for_capacity() {
    let in_review = filed().with_the_fire_brigade().completed_by("fire-brigade").in_review();
    assert_eq!(told(in_review.clone(), order_rework()), [takes_on("fire-brigade", false)]);
    let elsewhere = in_review.done(order_rework()).dispatched_to("parks");
    assert_eq!(told(elsewhere, claim("parks")), [takes_on("parks", false)]);
}

#[test]
fn the_place_is_free_again_when_the_work_is_done_or_gone() {
    let past = || filed().triaged().pooled(2).claimed_by("parks").claimed_by("roads");
    for wish in [complete("parks"), give_back("parks"), withdraw()] {
        assert_eq!(told(past(), wish), [lets_go("parks"), lets_go("roads")]);
    }
    let rework = filed().with_the_fire_brigade().sent_back();
    assert_eq!(told(rework, dispatch_to("parks")), [lets_go("fire-brigade")]);
}

#[test]
fn what_is_suspended_keeps_its_place() {
    let past = filed().with_the_fire_brigade();
    let suspend = crate::testing::suspend_until(past.now + jiff::SignedDuration::from_hours(24));
    assert_eq!(told(past.clone(), suspend), []);
    assert_eq!(told(past.clone().suspended(), crate::request::Command::Resume), []);
    assert_eq!(told(past, progress("fire-brigade")), []);
}
