//! The whole cycle with all that follows: filed, dispatched, reviewed, sent back, closed.

use crate::people::Actor;
use crate::process::{Promise, Reaction};
use crate::request::{self, Holder, ServiceRequest};
use crate::review::{self, Rating};
use crate::testing::{
    Happening, World, accept, at, claim, co_sign, complete, desk, dispatch_to, dispatch_to_pool, file, merge_into,
    person, request, resident, staff_of,
};

const LAMP: &str = "lamp";

impl World {
    /// A wish for the request `name`, with the names of all events that it led to.
    fn of(&mut self, name: &str, actor: Actor, command: request::Command) -> Vec<&'static str> {
        let happened = self.wish(&actor, Reaction::Request(request(name), command)).unwrap();
        happened.iter().map(Happening::name).collect()
    }

    fn rated(&mut self, name: &str, voter: &str, rating: Rating) -> Vec<&'static str> {
        let command =
            review::Command::Rate(review::Vote { dispatch_wrong: false, ..review::Vote::new(person(voter), rating) });
        let happened = self.wish(&resident(voter), Reaction::Review(request(name), command)).unwrap();
        happened.iter().map(Happening::name).collect()
    }

    fn stage(&self, name: &str) -> &'static str {
        match &self.states.requests[&request(name)] {
            ServiceRequest::Filed(case) => case.stage.name(),
            ServiceRequest::Absent => "absent",
        }
    }
}

impl World {
    /// What was promised, in the order in which it falls due.
    fn promised(&self) -> Vec<&'static str> {
        let name = |promise: &Promise| match promise {
            Promise::EndRound { .. } => "end of the round",
            Promise::Invite { .. } => "invitation",
            Promise::Overdue { .. } => "overdue",
            Promise::Remind { .. } => "remind",
            Promise::Supervision { .. } => "supervision",
            Promise::FallBack { .. } => "fall back",
            Promise::TakeEffect { .. } => "take effect",
            Promise::DrawCallbacks { .. } => "draw callbacks",
            Promise::Count { .. } => "count",
            Promise::InviteVoters { .. } => "invitation to a vote",
        };
        self.timers.iter().map(|(_, promise)| name(promise)).collect()
    }
}

/// Filed by Wang, joined by Li, claimed by the fire brigade and completed.
fn completed() -> World {
    let mut world = World::with_units(&[("fire-brigade", Some(1))]);
    world.of(LAMP, resident("wang"), file());
    world.of(LAMP, resident("li"), co_sign("li"));
    world.of(LAMP, desk(), accept());
    world.of(LAMP, desk(), dispatch_to("fire-brigade"));
    let names = world.of(LAMP, staff_of("fire-brigade"), claim("fire-brigade"));
    assert_eq!(names, ["sandan.request.claimed", "sandan.unit.load_taken"]);
    let names = world.of(LAMP, staff_of("fire-brigade"), complete("fire-brigade"));
    let followed = [
        "sandan.request.completed",
        "sandan.unit.load_released",
        "sandan.review.opened",
        "sandan.request.review_opened",
    ];
    assert_eq!(names, followed);
    world
}

#[test]
fn r15_r16_when_all_are_satisfied_it_is_signed_off_in_the_same_append() {
    let mut world = completed();
    assert_eq!(world.rated(LAMP, "wang", Rating::Satisfied), ["sandan.review.rated"]);
    let names = world.rated(LAMP, "li", Rating::BasicallySatisfied);
    assert_eq!(names, ["sandan.review.rated", "sandan.review.closed", "sandan.request.closed"]);
    assert_eq!((world.stage(LAMP), world.timers.len()), ("closed", 0));
}

#[test]
fn r16_a_review_that_crosses_thirty_percent_orders_the_rework_in_the_same_append() {
    let mut world = completed();
    let names = world.rated(LAMP, "wang", Rating::Dissatisfied);
    let followed =
        ["sandan.review.rated", "sandan.review.closed", "sandan.request.rework_ordered", "sandan.unit.load_taken"];
    assert_eq!(names, followed);
    assert_eq!((world.stage(LAMP), world.promised()), ("rework", vec!["remind", "overdue"]));
    assert_eq!(world.rated(LAMP, "li", Rating::VerySatisfied), ["sandan.review.rated"], "late, and undoes nothing");
    assert_eq!(world.stage(LAMP), "rework");
}

#[test]
fn r18_when_nobody_votes_the_timer_closes_it_unrated() {
    let mut world = completed();
    let closes_at = world.timers.last().unwrap().0;
    let names: Vec<_> =
        world.pass_to(closes_at - jiff::SignedDuration::from_secs(1)).iter().map(Happening::name).collect();
    assert_eq!(names, ["sandan.review.invited"]);
    let names: Vec<_> = world.pass_to(closes_at).iter().map(Happening::name).collect();
    assert_eq!(names, ["sandan.review.closed", "sandan.request.closed"]);
}

#[test]
fn r5_a_merged_requests_residents_vote_on_the_surviving_one() {
    let mut world = World::with_units(&[("fire-brigade", None)]);
    world.of(LAMP, resident("wang"), file());
    world.of("lantern", resident("wang"), file());
    world.of("lantern", resident("zhao"), co_sign("zhao"));
    let names = world.of("lantern", desk(), merge_into(LAMP));
    assert_eq!(names, ["sandan.request.merged", "sandan.request.absorbed"]);
    world.of(LAMP, desk(), accept());
    world.of(LAMP, desk(), dispatch_to("fire-brigade"));
    world.of(LAMP, staff_of("fire-brigade"), claim("fire-brigade"));
    world.of(LAMP, staff_of("fire-brigade"), complete("fire-brigade"));
    assert_eq!(world.rated(LAMP, "zhao", Rating::Satisfied), ["sandan.review.rated"]);
}

#[test]
fn r5_a_merge_that_the_other_refuses_does_not_happen_at_all() {
    let mut world = completed();
    world.of("lantern", resident("zhao"), file());
    let before = (world.states.clone(), world.timers.clone());
    let refusal = world.wish(&desk(), Reaction::Request(request("lantern"), merge_into(LAMP))).unwrap_err();
    assert_eq!(refusal.code(), "merge-into-finished");
    let refusal = world.wish(&desk(), Reaction::Request(request("lantern"), merge_into("nowhere"))).unwrap_err();
    assert_eq!(refusal.code(), "request-not-found");
    let refusal = world.wish(&desk(), Reaction::Request(request("lantern"), merge_into("lantern"))).unwrap_err();
    assert_eq!(refusal.code(), "merge-into-finished", "nor into itself");
    assert_eq!((world.states, world.timers), before);
}

#[test]
fn r9_r10_a_unit_that_does_nothing_is_reminded_and_then_the_levels_above_hear_of_it() {
    let mut world = World::with_units(&[("fire-brigade", None)]);
    world.of(LAMP, resident("wang"), file());
    world.of(LAMP, desk(), accept());
    world.of(LAMP, desk(), dispatch_to("fire-brigade"));
    let begin = world.log.len();
    world.pass_to(at("2026-12-10 00:00"));
    let zone = world.policy.zone.clone();
    let day = |at: &jiff::Timestamp| zone.to_datetime(*at).date().to_string();
    let happened = world.log.iter().zip(&world.times).skip(begin);
    let happened: Vec<(String, &str)> =
        happened.map(|(happening, at)| (day(at), happening.name().trim_start_matches("sandan.request."))).collect();
    let expected = [
        ("2026-11-10", "reminded"),
        ("2026-11-17", "reminded"),
        ("2026-11-24", "overdue"),
        ("2026-11-24", "reminded"),
        ("2026-11-24", "supervised"),
        ("2026-11-28", "escalated"),
        ("2026-11-28", "supervised"),
        ("2026-12-01", "reminded"),
        ("2026-12-03", "escalated"),
        ("2026-12-03", "supervised"),
        ("2026-12-08", "reminded"),
        ("2026-12-09", "escalated"),
    ];
    let mut sorted = happened.clone();
    sorted.sort();
    assert_eq!(sorted, expected.map(|(day, name)| (day.to_owned(), name)));
    assert!(happened.windows(2).all(|pair| pair[0].0 <= pair[1].0), "in order");
}

#[test]
fn r3_what_nobody_claims_goes_to_the_best_match_and_without_one_to_the_desk() {
    let mut world = World::with_units(&[("fire-brigade", Some(0)), ("parks", Some(1)), ("roads", Some(2))]);
    world.of(LAMP, resident("wang"), file());
    world.of(LAMP, desk(), accept());
    world.of(LAMP, desk(), dispatch_to_pool(1));
    assert_eq!(world.pass_to(at("2026-11-03 23:59:59")), []);
    let names: Vec<_> = world.pass_to(at("2026-11-04 00:00")).iter().map(Happening::name).collect();
    assert_eq!(names, ["sandan.request.dispatched"]);
    assert_eq!(world.case(LAMP).unwrap().owner(), Some(Holder::Unit("roads".parse().unwrap())));

    let mut world = World::with_units(&[("fire-brigade", Some(0))]);
    world.of(LAMP, resident("wang"), file());
    world.of(LAMP, desk(), accept());
    world.of(LAMP, desk(), dispatch_to_pool(1));
    let names: Vec<_> = world.pass_to(at("2026-11-04 00:00")).iter().map(Happening::name).collect();
    assert_eq!(names, ["sandan.request.unclaimed"]);
    assert_eq!((world.stage(LAMP), world.case(LAMP).unwrap().owner()), ("triaged", Some(Holder::Desk)));
}

#[test]
fn r18_who_is_silent_is_invited_once_more() {
    let mut world = completed();
    world.rated(LAMP, "wang", Rating::Satisfied);
    let names: Vec<_> = world.pass_to(at("2026-11-06 00:00")).iter().map(Happening::name).collect();
    assert_eq!(names, ["sandan.review.invited"]);
    world.rated(LAMP, "li", Rating::Satisfied);
    assert_eq!((world.stage(LAMP), world.timers.len()), ("closed", 0));
}
