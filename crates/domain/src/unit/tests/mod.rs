//! R3: what a unit can carry.

mod matching;

use proptest::prelude::*;

use crate::testing::{given, let_go, profile, register, registered, request, take_on, take_on_unchecked, unit};
use crate::unit::{Command, Event, LoadReleased, LoadTaken, Rejection, Revised};

fn taken(name: &str) -> Event {
    Event::LoadTaken(LoadTaken { request: request(name) })
}

#[test]
fn r3_a_unit_cannot_claim_beyond_its_stated_capacity() {
    let full = registered("parks", Some(2)).done(take_on("lamp")).done(take_on("bench"));
    assert!(!full.standing().has_room());
    let refusal = Rejection::AtCapacity { unit: unit("parks"), capacity: 2, load: 2 };
    given(full).when(take_on("path")).then_refused(refusal);
}

#[test]
fn r3_what_the_desk_or_a_review_gives_it_is_never_refused() {
    let full = registered("parks", Some(1)).done(take_on("lamp"));
    let past = given(full).when(take_on_unchecked("bench")).then([taken("bench")]);
    let refusal = Rejection::AtCapacity { unit: unit("parks"), capacity: 1, load: 2 };
    given(past).when(take_on("path")).then_refused(refusal);
}

#[test]
fn r3_a_unit_without_a_stated_capacity_takes_what_it_likes() {
    let past = (0..50).fold(registered("parks", None), |past, nth| past.done(take_on(&format!("lamp {nth}"))));
    assert!(past.standing().has_room());
}

#[test]
fn a_capacity_of_none_at_all_takes_nothing() {
    given(registered("parks", Some(0))).when(take_on("lamp")).then_refused_as("at-capacity");
}

#[test]
fn one_request_takes_one_place_and_gives_it_back_once() {
    let past = given(registered("parks", Some(1))).when(take_on("lamp")).then([taken("lamp")]);
    let past = given(past).when(take_on("lamp")).then_nothing();
    let released = Event::LoadReleased(LoadReleased { request: request("lamp") });
    let past = given(past).when(let_go("lamp")).then([released]);
    let past = given(past).when(let_go("lamp")).then_nothing();
    given(past).when(take_on("bench")).then_granted();
}

#[test]
fn a_lower_capacity_takes_nothing_away() {
    let past = registered("parks", None).done(take_on("lamp")).done(take_on("bench"));
    let revised = Revised {
        name: "parks".to_owned(),
        categories: Vec::new(),
        grids: Vec::new(),
        resources: Vec::new(),
        capacity: Some(1),
    };
    let past = given(past).when(Command::Revise(profile("parks", Some(1)))).then([Event::Revised(revised)]);
    assert_eq!(past.standing().load.len(), 2);
    given(past).when(take_on("path")).then_refused_as("at-capacity");
}

#[test]
fn a_slug_is_taken_once() {
    given(registered("parks", None))
        .when(register("parks", None))
        .then_refused(Rejection::RegisteredBefore(unit("parks")));
}

#[test]
fn where_there_is_no_unit_nothing_is_taken_on() {
    for wish in [take_on("lamp"), let_go("lamp"), Command::Revise(profile("parks", None))] {
        given(crate::testing::unregistered()).when(wish).then_refused(Rejection::NotFound);
    }
}

proptest! {
    #[test]
    fn r3_claims_never_lead_above_the_capacity(
        capacity in 0u32..5, wishes in prop::collection::vec((any::<bool>(), 0u32..8), 0..60),
    ) {
        let mut past = registered("parks", Some(capacity));
        for (takes, nth) in wishes {
            let name = nth.to_string();
            let wish = || if takes { take_on(&name) } else { let_go(&name) };
            if past.decide(wish()).is_ok() {
                past = past.done(wish());
            }
            prop_assert!(past.standing().load.len() <= capacity as usize);
        }
    }
}
