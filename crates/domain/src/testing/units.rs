//! A member unit's wishes and its past.

use super::given::Past;
use super::people::{community, request, text, unit};
use crate::unit::{Command, Profile, Standing, Unit};

/// A unit before it joins.
pub(crate) fn unregistered() -> Past<Unit> {
    Past::nothing()
}

/// A unit that can carry so many requests at once; `None`: not stated.
pub(crate) fn registered(slug: &str, capacity: Option<u32>) -> Past<Unit> {
    unregistered().done(register(slug, capacity))
}

pub(crate) fn register(slug: &str, capacity: Option<u32>) -> Command {
    Command::Register { community: community(), unit: unit(slug), profile: profile(slug, capacity) }
}

pub(crate) fn profile(name: &str, capacity: Option<u32>) -> Profile {
    Profile { name: text(name), categories: Vec::new(), grids: Vec::new(), resources: Vec::new(), capacity }
}

pub(crate) fn take_on(name: &str) -> Command {
    Command::TakeOn { request: request(name), checked: true }
}

pub(crate) fn take_on_unchecked(name: &str) -> Command {
    Command::TakeOn { request: request(name), checked: false }
}

pub(crate) fn let_go(name: &str) -> Command {
    Command::LetGo { request: request(name) }
}

impl Past<Unit> {
    pub fn standing(&self) -> &Standing {
        match &self.state {
            crate::unit::MemberUnit::Registered(standing) => standing,
            crate::unit::MemberUnit::Absent => panic!("it was not registered"),
        }
    }
}
