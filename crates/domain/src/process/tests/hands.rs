//! R1 over time: at every instant one answers for an open request, and the times in everyone's hands add up to its
//! whole life: from filing to its end, or to now.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::decider::Decider;
use crate::ids::RequestId;
use crate::request::{Event, Holder, Request, ServiceRequest};
use crate::testing::{Happening, World};

/// A stretch in somebody's hands.
#[derive(Clone, Debug)]
struct Hand {
    holder: Holder,
    from: Timestamp,
    to: Option<Timestamp>,
}

/// Reads the events alone, as somebody does who was not there.
fn hands(world: &World, id: RequestId) -> (Timestamp, Option<Timestamp>, Vec<Hand>) {
    let (mut state, mut hands) = (ServiceRequest::Absent, Vec::<Hand>::new());
    let (mut filed_at, mut ended_at) = (None, None);
    for (happening, at) in world.log.iter().zip(&world.times) {
        let Happening::Request(of, event) = happening else { continue };
        if *of != id {
            continue;
        }
        if matches!(**event, Event::Filed(_)) {
            filed_at = Some(*at);
        }
        Request::evolve(&mut state, event);
        let ServiceRequest::Filed(case) = &state else { panic!("{event:?} of a request that was never filed") };
        let owner = case.owner();
        if hands.last().is_none_or(|last| Some(&last.holder) != owner.as_ref()) {
            if let Some(last) = hands.last_mut() {
                last.to = Some(*at);
            }
            hands.extend(owner.map(|holder| Hand { holder, from: *at, to: None }));
        }
        if !case.stage.is_open() {
            ended_at = ended_at.or(Some(*at));
            hands.last_mut().unwrap().to.get_or_insert(*at);
        }
    }
    (filed_at.unwrap(), ended_at, hands)
}

pub(super) fn add_up(world: &World, id: RequestId) {
    let (filed_at, ended_at, hands) = hands(world, id);
    let until = ended_at.unwrap_or(world.now);
    let mut at = filed_at;
    let mut sums: BTreeMap<String, SignedDuration> = BTreeMap::new();
    for (nth, hand) in hands.iter().enumerate() {
        assert_eq!(hand.from, at, "R1: a gap or two owners at once: {hands:?}");
        let is_last = nth + 1 == hands.len();
        assert!(hand.to.is_some() || is_last, "R1: {hands:?}");
        at = hand.to.unwrap_or(until);
        *sums.entry(format!("{:?}", hand.holder)).or_default() += hand.from.duration_until(at);
    }
    assert_eq!(at, until, "R1: {hands:?}");
    let whole = sums.values().fold(SignedDuration::ZERO, |sum, part| sum + *part);
    assert_eq!(whole, filed_at.duration_until(until), "R1: the hours of all are its whole life");
}
