//! Given, when, then: every aggregate through cqrs-es, and the log as its event store.

mod community;
mod request;
mod review;
mod store;
mod unit;

use std::sync::Arc;

use cqrs_es::test::TestFramework;
use sandan_domain::time::Policy;
use sandan_domain::{Actor, Decider, InputError, PersonId, Text};
use uuid::Uuid;

use super::{Cqrs, Kind, OwnedFacts, Recorded};

fn facts(actor: Actor) -> OwnedFacts {
    let now = "2026-03-02T09:00:00+08:00".parse().unwrap();
    OwnedFacts { now, actor, policy: Arc::new(Policy::standard()) }
}

fn with<D: Kind>() -> TestFramework<Cqrs<D>> {
    TestFramework::with(facts(Actor::System))
}

fn recorded<D: Decider>(events: impl IntoIterator<Item = D::Event>) -> Vec<Recorded<D::Event>> {
    events.into_iter().map(Recorded).collect()
}

fn person(nth: u128) -> PersonId {
    PersonId(Uuid::from_u128(nth))
}

fn words(text: &str) -> Result<Text, InputError> {
    Text::line(text, 100)
}
