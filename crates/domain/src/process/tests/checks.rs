//! What must be true of the whole after every step.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use uuid::Uuid;

use crate::ids::{RequestId, UnitId};
use crate::process::{Promise, promises_of};
use crate::request::{self, Case, Closing, Holder, ServiceRequest, Stage};
use crate::review::{self, Outcome, Round, SatisfactionReview, Status};
use crate::testing::{Happening, World};
use crate::unit::MemberUnit;

pub(super) fn check(world: &World) {
    for (id, state) in &world.states.requests {
        let ServiceRequest::Filed(case) = state else { panic!("{id} is kept and was never filed") };
        possible(case);
        owned(case);
        reviewed(case, round_of(world, *id));
        promised(world, *id, round_of(world, *id));
        reworked_once(world, *id);
    }
    loaded(world);
    replayed(world);
}

fn round_of(world: &World, id: RequestId) -> Option<&Round> {
    match world.states.reviews.get(&id)? {
        SatisfactionReview::Round(round) => Some(round),
        SatisfactionReview::Waiting => None,
    }
}

/// Rounds count from 1, nobody signs twice, the ruling comes after the second return, and no extension in rework.
fn possible(case: &Case) {
    assert!(case.round >= 1);
    assert!(case.returns <= Case::RETURNS_UNTIL_RULING, "R4: {case:?}");
    assert_eq!(case.signers.iter().collect::<BTreeSet<_>>().len(), case.signers.len(), "R14: {case:?}");
    assert_eq!(case.signers.first(), Some(&case.filer));
    assert!(case.escalated.is_some() || case.reworks() < Case::REWORKS_UNTIL_ESCALATION, "R19: {case:?}");
    assert!(case.supervision.is_none() || case.overdue, "R10: {case:?}");
    if let Stage::Suspended { before, .. } = &case.stage {
        assert!(before.is_open() && !matches!(**before, Stage::Suspended { .. }), "{case:?}");
    }
    if case.stage == Stage::Closed(Closing::Dissatisfied) {
        assert!(case.reworks() >= Case::REWORKS_UNTIL_OVERSIGHT, "R19: {case:?}");
    }
}

/// R1. That there is but one owner is the type's doing.
fn owned(case: &Case) {
    assert_eq!(case.owner().is_some(), case.stage.is_open(), "R1: {case:?}");
    if let Some(Holder::Unit(owner)) = case.owner() {
        assert_eq!(case.stage.team().unwrap().0, Holder::Unit(owner), "R1: the lead owns it");
    }
}

/// It is in review exactly while its review has an open round of the same number.
fn reviewed(case: &Case, round: Option<&Round>) {
    let open = round.filter(|round| round.status == Status::Open).map(|round| round.nth);
    let in_review = matches!(case.stage, Stage::InReview(_)).then_some(case.round);
    assert_eq!(open, in_review, "{case:?} and {round:?}");
    let last = round.map_or(0, |round| round.nth);
    assert!(case.round == last || case.round == last + 1, "{case:?} and {round:?}");
    if let Some(round) = round {
        assert!(round.ballots.keys().all(|voter| round.electorate.contains(voter)), "R14: {round:?}");
        assert!(round.electorate.iter().all(|voter| case.signers.contains(voter)), "R14: {round:?}");
    }
}

/// R13: the timers are exactly what the states promise; what has ended has none.
fn promised(world: &World, id: RequestId, round: Option<&Round>) {
    let timers = world.timers.iter().filter(|(_, promise)| promise.request() == Some(id));
    let timers: BTreeMap<Uuid, Timestamp> = timers.map(|(due, promise)| (promise.timer_id(), *due)).collect();
    let mut owed = promises_of(id, &world.states.requests[&id]);
    if let Some(round) = round.filter(|round| round.status == Status::Open) {
        owed.push((Promise::EndRound { request: id, round: round.nth }, round.closes_at));
        let invitation = round.invite_at.filter(|at| *at > world.now);
        owed.extend(invitation.map(|at| (Promise::Invite { request: id, round: round.nth }, at)));
    }
    let owed: BTreeMap<Uuid, Timestamp> = owed.into_iter().map(|(promise, due)| (promise.timer_id(), due)).collect();
    assert_eq!(timers, owed);
    let ServiceRequest::Filed(case) = &world.states.requests[&id] else { panic!("{id} was never filed") };
    assert!(case.stage.is_open() || timers.is_empty(), "{case:?}");
}

/// R16: each round that ends in rework leads to exactly one rework of that round, and nothing else does.
fn reworked_once(world: &World, id: RequestId) {
    let mut crossed = Vec::new();
    let mut ordered = Vec::new();
    for happening in &world.log {
        match happening {
            Happening::Review(of, review::Event::Closed(closed)) if *of == id => {
                let tally = closed.tally;
                let is_crossed = 10 * tally.dissatisfied > 3 * tally.valid;
                assert_eq!(closed.outcome == Outcome::Rework, is_crossed, "R16: {closed:?}");
                assert_eq!(closed.outcome == Outcome::Unrated, tally.valid == 0, "R18: {closed:?}");
                crossed.extend(is_crossed.then_some(closed.round));
            }
            Happening::Request(of, event) if *of == id => {
                if let request::Event::ReworkOrdered(rework) = &**event {
                    ordered.push(rework.round - 1);
                }
            }
            _ => {}
        }
    }
    assert_eq!(crossed, ordered);
    assert!(ordered.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{ordered:?}");
}

/// R3: what a unit carries are the requests that engage it; what has ended or is being reviewed engages nobody.
fn loaded(world: &World) {
    let mut engaged: BTreeMap<UnitId, BTreeSet<RequestId>> = BTreeMap::new();
    for (id, state) in &world.states.requests {
        let ServiceRequest::Filed(case) = state else { continue };
        let units = case.stage.engaged();
        let is_worked_on = matches!(case.stage, Stage::Claimed(_) | Stage::Rework(_) | Stage::Suspended { .. });
        assert!(units.is_empty() || is_worked_on, "{case:?}");
        assert_eq!(units.iter().collect::<BTreeSet<_>>().len(), units.len(), "nobody is on it twice: {case:?}");
        for unit in units {
            engaged.entry(unit).or_default().insert(*id);
        }
    }
    for (slug, unit) in &world.states.units {
        let MemberUnit::Registered(standing) = unit else { panic!("{slug} is kept and was never registered") };
        assert_eq!(standing.load, engaged.remove(slug).unwrap_or_default(), "R3: {slug}");
    }
    assert!(engaged.is_empty(), "units that there are not: {engaged:?}");
}

/// The events from the first on give the same states.
fn replayed(world: &World) {
    let mut states = crate::testing::States::default();
    world.log.iter().for_each(|happening| states.evolve(happening));
    assert_eq!(states, world.states);
}
