//! From plan to append, and what is known of the states while it is on its way.

use std::sync::Arc;

use sandan_domain::PersonId;
use sandan_log::{Append, Command, Expect, Fate, Generation, NewEvent, StreamName};
use sandan_vault::{Vault, VaultError};
use tokio::sync::SetOnce;

use crate::execute::Outcome;
use crate::execute::durable::{Durable, Line};
use crate::execute::order::Order;
use crate::execute::plan::{Plan, Touched};
use crate::execute::states::{Entry, States};
use crate::policies::rows_of;
use crate::refusal::Refusal;
use crate::unrated::unrated_rows;

/// Seals the events and makes one append of everything.
pub(crate) async fn append(
    vault: &Vault,
    order: &Order,
    plan: &mut Plan,
    outcome: &Outcome,
    newcomer: Option<PersonId>,
) -> Result<Append, Refusal> {
    let mut append = Append::new(Command {
        id: order.identity.id,
        fingerprint: order.identity.fingerprint,
        outcome: outcome.encode(),
    });
    let mut events: Vec<_> = plan.events.iter().map(|planned| planned.event.clone()).collect();
    append.rows = vault.seal_with(&mut events, newcomer).await.map_err(unsealed)?;
    append.rows.extend(order.rows.iter().cloned());
    let planned =
        plan.events.iter().map(|planned| (planned.id, plan.touched[planned.stream].stream.id, &planned.event));
    append.rows.extend(rows_of(&order.community, planned)?);
    let streams = plan.events.iter().map(|planned| (planned, plan.touched[planned.stream].stream.id));
    append.rows.extend(unrated_rows(&order.community, streams));
    append.timers = [order.timers.clone(), std::mem::take(&mut plan.timers)].concat();
    append.also = std::mem::take(&mut plan.also);
    append.expect = plan.touched.iter().map(expect).collect();
    append.upon = plan.touched.iter().filter_map(|touched| touched.base.durable.hoped_for()).collect();
    append.events.reserve(events.len());
    for (planned, event) in plan.events.drain(..).zip(&events) {
        let body = event.encode().map_err(|error| Refusal::Failed(format!("write an event: {error}")))?;
        append.events.push(NewEvent {
            stream: plan.touched[planned.stream].stream.clone(),
            id: planned.id,
            kind: event.name(),
            schema: event.schema(),
            community: order.community.to_string(),
            occurred: planned.occurred,
            correlation: order.correlation,
            causation: planned.causation,
            actor: planned.actor,
            body: body.into(),
        });
    }
    Ok(append)
}

fn expect(touched: &Touched) -> Expect {
    Expect { stream: touched.stream.clone(), version: touched.base.version }
}

fn unsealed(error: VaultError) -> Refusal {
    match error {
        VaultError::Lookup(error) => error.into(),
        error => {
            tracing::error!(%error, "words could not be sealed");
            Refusal::Failed(format!("seal words: {error}"))
        }
    }
}

/// The states that an append will leave behind, shown to the next commands while it is under way.
///
/// Dropped without [`Hope::fulfil`] (the append failed, or whoever waited for it went away) it takes the states
/// back, with all that was built on them: the next command asks the log.
pub(crate) struct Hope {
    states: Arc<States>,
    generation: Generation,
    /// With the states that were known before.
    streams: Vec<(StreamName, Line, Option<Entry>)>,
    done: Arc<SetOnce<bool>>,
    fate: Fate,
}

impl Hope {
    pub fn publish(states: &Arc<States>, touched: &[Touched], generation: Generation, fate: Fate) -> Self {
        let done = Arc::new(SetOnce::new());
        let mut streams = Vec::new();
        for touched in touched.iter().filter(|touched| touched.added > 0) {
            let line = touched.base.durable.line();
            let durable = Durable::Soon { done: Arc::clone(&done), line: line.clone(), fate: fate.clone() };
            let version = touched.base.version + touched.added;
            let entry = Entry { state: touched.state.clone(), version, durable };
            let before = states.put(&touched.stream, entry, generation);
            streams.push((touched.stream.clone(), line, before));
        }
        Self { states: Arc::clone(states), generation, streams, done, fate }
    }

    pub fn fulfil(mut self) {
        self.streams.clear();
        _ = self.done.set(true);
    }
}

impl Drop for Hope {
    fn drop(&mut self) {
        self.fate.give_up();
        for (stream, line, before) in self.streams.drain(..) {
            line.cut();
            self.states.drop_void(&stream);
            if let Some(before) = before {
                self.states.keep_earlier(stream, before, self.generation);
            }
        }
        // Those who wait look at the log now, unless it was fulfilled.
        _ = self.done.set(false);
    }
}
