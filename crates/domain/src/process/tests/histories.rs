//! Random histories of the whole: after each step everything holds together.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::checks::check;
use super::hands::add_up;
use super::limits::kept_on_time;
use super::wishes::{Turn, UNITS, spell_out, to_be_verified, turns};
use crate::process::Reaction;
use crate::request::{self, ServiceRequest};
use crate::review;
use crate::testing::{Happening, World, community, desk, profile};
use crate::time::{Limit, Policy};
use crate::unit::{self, MemberUnit, Profile};

/// Lives through the turns; `look` sees the world after each.
fn live(turns: &[Turn], mut look: impl FnMut(&World)) {
    let mut world = World::with_units(&UNITS);
    world.policy.verified = vec![to_be_verified()];
    // Of what nobody claims only the benches find a match; lamps and paths go back to the desk (R3).
    for (slug, capacity) in UNITS {
        let profile = Profile { categories: vec![to_be_verified()], ..profile(slug, capacity) };
        let wish = Reaction::Unit(community(), slug.parse().unwrap(), unit::Command::Revise(profile));
        world.wish(&desk(), wish).unwrap();
    }
    for (nth, (hours, name, attempt)) in turns.iter().enumerate() {
        // Now and then another policy comes into force (R13).
        if nth % 13 == 12 {
            let (longer, shorter) = (Limit::days(15), Limit::working_hours(40));
            let completion = if world.policy.completion == longer { shorter } else { longer };
            let reminder = if completion == longer { Limit::days(5) } else { Limit::days(3) };
            world.under(Policy { completion, reminder, ..world.policy.clone() });
            world.pass_to(world.now);
        }
        world.pass_to(world.now + SignedDuration::from_hours(*hours));
        if let Some((actor, wish)) = spell_out(&world, name, attempt) {
            let before = world.clone();
            match world.wish(&actor, wish.clone()) {
                Ok(happened) => within_capacity(&world, &wish, &happened),
                Err(_) => assert!(world.states == before.states && world.log == before.log, "nothing half done"),
            }
        }
        look(&world);
    }
    world.states.requests.keys().for_each(|id| {
        kept_on_time(&world, *id);
        add_up(&world, *id);
    });
}

/// R3: a claim of the first round leads no unit above its capacity; a rework is not asked.
fn within_capacity(world: &World, wish: &Reaction, happened: &[Happening]) {
    let Reaction::Request(id, request::Command::Claim { unit: claimer }) = wish else { return };
    let ServiceRequest::Filed(case) = &world.states.requests[id] else { return };
    let MemberUnit::Registered(standing) = &world.states.units[claimer] else { return };
    let took = Happening::Unit(claimer.clone(), unit::Event::LoadTaken(unit::LoadTaken { request: *id }));
    assert!(happened.contains(&took));
    if let (1, Some(capacity)) = (case.round, standing.capacity) {
        assert!(standing.load.len() <= capacity as usize, "R3: {standing:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn after_every_step_everything_holds_together(turns in turns()) {
        live(&turns, check);
    }
}

#[test]
fn random_histories_see_everything_happen() {
    let mut runner = TestRunner::deterministic();
    let (mut names, mut states) = (BTreeSet::new(), BTreeSet::new());
    for _ in 0..150 {
        let turns = turns().new_tree(&mut runner).unwrap().current();
        live(&turns, |world| {
            names.extend(world.log.iter().rev().take(8).map(Happening::name));
            states.extend(world.cases().map(|case| case.stage.name()));
        });
    }
    let left_out = [
        "sandan.request.attached",
        "sandan.request.extension_asked",
        "sandan.request.burst_flagged",
        "sandan.request.served",
    ];
    let expected = request::Event::NAMES.iter().chain(review::Event::NAMES).map(|(name, _)| *name);
    let missing: Vec<&str> = expected.filter(|name| !left_out.contains(name) && !names.contains(name)).collect();
    assert_eq!((missing, states.len()), (Vec::new(), 13), "{states:?}");
}
