//! Any decider as a cqrs-es aggregate, any event as a cqrs-es event.

use std::sync::Arc;

use cqrs_es::event_sink::EventSink;
use cqrs_es::{Aggregate, DomainEvent};
use jiff::Timestamp;
use sandan_domain::time::Policy;
use sandan_domain::{Actor, Facts, Rejection};
use serde::{Deserialize, Serialize};

use crate::cqrs::kind::{Catalogued, Kind};

/// The state of a decider, as an aggregate.
#[derive(Serialize, Deserialize)]
#[serde(transparent, bound = "")]
pub struct Cqrs<D: Kind>(pub D::State);

/// An event, as a cqrs-es event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Recorded<E>(pub E);

/// The facts of a decision, owned: the services of an aggregate.
#[derive(Clone, Debug)]
pub struct OwnedFacts {
    pub now: Timestamp,
    pub actor: Actor,
    pub policy: Arc<Policy>,
}

impl OwnedFacts {
    pub fn as_facts(&self) -> Facts<'_> {
        Facts { now: self.now, actor: &self.actor, policy: &self.policy }
    }
}

impl<D: Kind> Default for Cqrs<D> {
    fn default() -> Self {
        Self(D::State::default())
    }
}

impl<E> DomainEvent for Recorded<E>
where
    E: Catalogued + Serialize + for<'de> Deserialize<'de> + Clone + PartialEq + std::fmt::Debug + Sync + Send,
{
    fn event_type(&self) -> String {
        self.0.name().to_owned()
    }

    fn event_version(&self) -> String {
        self.0.schema().to_string()
    }
}

impl<D: Kind> Aggregate for Cqrs<D> {
    const TYPE: &'static str = D::KIND;
    type Command = D::Command;
    type Event = Recorded<D::Event>;
    type Error = Rejection;
    type Services = OwnedFacts;

    async fn handle(
        &mut self,
        command: D::Command,
        facts: &OwnedFacts,
        sink: &EventSink<Self>,
    ) -> Result<(), Rejection> {
        for event in D::decide(&self.0, command, &facts.as_facts())? {
            sink.write(Recorded(event), self).await;
        }
        Ok(())
    }

    fn apply(&mut self, event: Recorded<D::Event>) {
        D::evolve(&mut self.0, &event.0);
    }
}
