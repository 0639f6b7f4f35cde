//! R1 over time: at every instant one answers for an open request, and the times in everyone's hands add up to its
//! whole life: from filing to its end, or to now.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::decider::Decider;
use crate::ids::RequestId;
use crate::request::{Capacity, Event, Hands, Holder, Request, ServiceRequest, Spell};
use crate::testing::{Happening, World};
use crate::time::working_time;

pub(super) fn add_up(world: &World, id: RequestId) {
    let (mut state, mut hands) = (ServiceRequest::Absent, Hands::default());
    let (mut filed_at, mut ended_at): (_, Option<Timestamp>) = (None, None);
    for (event, at) in events(world, id) {
        filed_at = filed_at.or(Some(at));
        Request::evolve(&mut state, event);
        hands.take(event, at);
        let ServiceRequest::Filed(case) = &state else { panic!("{event:?} of a request that was never filed") };
        let now = hands.all().last().filter(|last| last.to.is_none());
        assert_eq!(now.map(|hand| hand.holder.clone()), case.owner(), "R1: after {event:?}");
        assert_eq!(now.is_some(), case.stage.is_open(), "R1: after {event:?}");
        if let Some(hand) = now {
            assert_eq!(hand.suspended, case.stands_since().is_some());
            assert_eq!(hand.capacity == Capacity::Unit, hand.holder != Holder::Desk);
        }
        ended_at = if case.stage.is_open() { None } else { ended_at.or(Some(at)) };
    }
    let (filed_at, until) = (filed_at.unwrap(), ended_at.unwrap_or(world.now));
    let mut at = filed_at;
    let mut sums: BTreeMap<String, SignedDuration> = BTreeMap::new();
    for hand in hands.all() {
        assert_eq!(hand.from, at, "R1: a gap or two owners at once: {hands:?}");
        at = hand.to.unwrap_or(until);
        *sums.entry(format!("{:?}", hand.holder)).or_default() += hand.from.duration_until(at);
    }
    assert_eq!(at, until, "R1: {hands:?}");
    let whole = sums.values().fold(SignedDuration::ZERO, |sum, part| sum + *part);
    assert_eq!(whole, filed_at.duration_until(until), "R1: the hours of all are its whole life");
    told(&hands, world, (filed_at, until));
}

/// What is told adds up in whole seconds, by the clock and of office hours.
fn told(hands: &Hands, world: &World, (filed_at, until): (Timestamp, Timestamp)) {
    let told = hands.tell(world.now, &world.policy);
    assert_eq!(told.total.seconds, until.as_second() - filed_at.as_second());
    let second = |at: Timestamp| Timestamp::from_second(at.as_second()).unwrap();
    let office = working_time(second(filed_at), second(until), &world.policy);
    assert_eq!(told.total.working_seconds, office.as_secs());
    for of in [|spell: &Spell| spell.seconds, |spell: &Spell| spell.working_seconds] {
        assert_eq!(told.items.iter().map(|(_, spell)| of(spell)).sum::<i64>(), of(&told.total));
        assert_eq!(told.totals.iter().map(|(_, spell)| of(spell)).sum::<i64>(), of(&told.total));
    }
}

fn events(world: &World, id: RequestId) -> impl Iterator<Item = (&Event, Timestamp)> {
    world.log.iter().zip(&world.times).filter_map(move |(happening, at)| match happening {
        Happening::Request(of, event) if *of == id => Some((&**event, *at)),
        _ => None,
    })
}
