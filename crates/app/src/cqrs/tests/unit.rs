//! `MemberUnit`.

use sandan_domain::RequestId;
use sandan_domain::unit::{Command, Event, LoadReleased, LoadTaken, Registered, Rejection, Unit};
use uuid::Uuid;

use super::{recorded, with};

fn registered(capacity: u32) -> Event {
    Event::Registered(Registered {
        community: "elm".parse().unwrap(),
        unit: "roads".parse().unwrap(),
        name: "Roads".to_owned(),
        categories: Vec::new(),
        grids: Vec::new(),
        resources: Vec::new(),
        capacity: Some(capacity),
    })
}

fn request(nth: u128) -> RequestId {
    RequestId(Uuid::from_u128(nth))
}

fn taken(nth: u128) -> Event {
    Event::LoadTaken(LoadTaken { request: request(nth) })
}

#[test]
fn a_claim_beyond_the_capacity_is_refused() {
    let error = Rejection::AtCapacity { unit: "roads".parse().unwrap(), capacity: 1, load: 1 };
    with::<Unit>()
        .given(recorded::<Unit>([registered(1), taken(1)]))
        .when(Command::TakeOn { request: request(2), checked: true })
        .then_expect_error(error.into());
}

#[test]
fn rework_is_never_refused_for_capacity() {
    with::<Unit>()
        .given(recorded::<Unit>([registered(1), taken(1)]))
        .when(Command::TakeOn { request: request(2), checked: false })
        .then_expect_events(recorded::<Unit>([taken(2)]));
}

#[test]
fn what_is_let_go_gives_its_place_back() {
    with::<Unit>()
        .given(recorded::<Unit>([registered(1), taken(1)]))
        .when(Command::LetGo { request: request(1) })
        .then_expect_events(recorded::<Unit>([Event::LoadReleased(LoadReleased { request: request(1) })]));
}
