//! The single-stream view of the log, as a cqrs-es event store.

use std::collections::HashMap;
use std::marker::PhantomData;
use std::sync::Arc;

use cqrs_es::{AggregateContext, AggregateError, EventEnvelope, EventStore};
use sandan_domain::Rejection;
use sandan_log::{Append, AppendError, Command, Expect, Log, NewEvent, RowChange, StreamName, Version};
use sandan_vault::Vault;
use uuid::Uuid;

use crate::clock::Clock;
use crate::cqrs::aggregate::{Cqrs, Recorded};
use crate::cqrs::fold::{BATCH, fold};
use crate::cqrs::kind::{Catalogued, Kind};

type Failure = AggregateError<Rejection>;
type Envelope<D> = EventEnvelope<Cqrs<D>>;

/// Streams of one kind in the log. An aggregate's id is its stream's uuid.
pub struct LogStore<D> {
    log: Arc<dyn Log>,
    vault: Vault,
    clock: Clock,
    kind: PhantomData<fn() -> D>,
}

/// An aggregate with the version it was loaded at.
pub struct Snapshot<D: Kind> {
    id: Uuid,
    aggregate: Cqrs<D>,
    version: Version,
}

impl<D: Kind> AggregateContext<Cqrs<D>> for Snapshot<D> {
    fn aggregate(&mut self) -> &mut Cqrs<D> {
        &mut self.aggregate
    }
}

impl<D: Kind> LogStore<D> {
    pub fn new(log: Arc<dyn Log>, vault: Vault, clock: Clock) -> Self {
        Self { log, vault, clock, kind: PhantomData }
    }

    async fn append(&self, events: Vec<D::Event>, at: &Snapshot<D>, about: &About) -> Result<(), Failure> {
        let mut events: Vec<_> = events.into_iter().map(Catalogued::into_any).collect();
        let keys: Vec<RowChange> = self.vault.seal(&mut events).await.map_err(unexpected)?;
        let command = Uuid::now_v7();
        let stream = StreamName::new(D::KIND, at.id);
        let mut append = Append::new(Command { id: command, fingerprint: [0; 32], outcome: Default::default() });
        append.rows = keys;
        for event in &events {
            append.events.push(NewEvent {
                stream: stream.clone(),
                id: Uuid::now_v7(),
                kind: event.name(),
                schema: event.schema(),
                community: about.community.clone(),
                occurred: self.clock.now(),
                correlation: command,
                causation: None,
                actor: about.actor.clone(),
                body: event.encode().map_err(unexpected)?.into(),
            });
        }
        append.expect.push(Expect { stream, version: at.version });
        match self.log.append(append).await {
            Ok(_) => Ok(()),
            Err(AppendError::Conflict { .. }) => Err(AggregateError::AggregateConflict),
            Err(error) => Err(AggregateError::DatabaseConnectionError(error.into())),
        }
    }
}

/// What cqrs-es' metadata say, and the log wants to know of each event.
struct About {
    community: String,
    actor: String,
}

impl About {
    fn from(metadata: &HashMap<String, String>) -> Self {
        let get = |key: &str, other: &str| metadata.get(key).map_or_else(|| other.to_owned(), Clone::clone);
        Self { community: get("community", ""), actor: get("actor", "system") }
    }
}

impl<D: Kind> EventStore<Cqrs<D>> for LogStore<D> {
    type AC = Snapshot<D>;

    async fn load_events(&self, aggregate_id: &str) -> Result<Vec<Envelope<D>>, Failure> {
        let stream = StreamName::new(D::KIND, parse(aggregate_id)?);
        let mut envelopes = Vec::new();
        loop {
            let records = self.log.read_stream(&stream, envelopes.len() as u64, BATCH).await.map_err(unreachable)?;
            let full = records.len() == BATCH;
            for record in records {
                let event = D::decode(&record.kind, record.schema, &record.body);
                let event = event.map_err(|error| AggregateError::DeserializationError(error.into()))?;
                envelopes.push(envelope(&stream.id, envelopes.len() + 1, event, HashMap::new()));
            }
            if !full {
                return Ok(envelopes);
            }
        }
    }

    async fn load_aggregate(&self, aggregate_id: &str) -> Result<Snapshot<D>, Failure> {
        let id = parse(aggregate_id)?;
        let stream = StreamName::new(D::KIND, id);
        let (state, version) = fold::<D>(&*self.log, &stream, Version::MAX).await.map_err(unreachable)?;
        Ok(Snapshot { id, aggregate: Cqrs(state), version })
    }

    async fn commit(
        &self,
        events: Vec<Recorded<D::Event>>,
        context: Snapshot<D>,
        metadata: HashMap<String, String>,
    ) -> Result<Vec<Envelope<D>>, Failure> {
        let decided: Vec<D::Event> = events.iter().map(|event| event.0.clone()).collect();
        self.append(decided, &context, &About::from(&metadata)).await?;
        let first = usize::try_from(context.version).unwrap_or(usize::MAX).saturating_add(1);
        let numbered = events.into_iter().enumerate();
        Ok(numbered.map(|(nth, event)| envelope(&context.id, first + nth, event.0, metadata.clone())).collect())
    }
}

fn envelope<D: Kind>(id: &Uuid, sequence: usize, event: D::Event, metadata: HashMap<String, String>) -> Envelope<D> {
    EventEnvelope { aggregate_id: id.to_string(), sequence, payload: Recorded(event), metadata }
}

fn parse(id: &str) -> Result<Uuid, Failure> {
    id.parse().map_err(|error: uuid::Error| AggregateError::UnexpectedError(error.into()))
}

fn unreachable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Failure {
    AggregateError::DatabaseConnectionError(error.into())
}

fn unexpected(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Failure {
    AggregateError::UnexpectedError(error.into())
}
