//! The log as an event store: what is committed is loaded, and of two who commit at once one is told.

use std::collections::HashMap;
use std::sync::Arc;

use cqrs_es::{AggregateContext, AggregateError, EventStore};
use sandan_domain::community::{Command, Communities};
use sandan_domain::{Actor, Decider};
use sandan_log::{Log, MemoryLog};
use sandan_vault::{MasterKey, Vault};
use uuid::Uuid;

use super::{facts, recorded, words};
use crate::clock::Clock;
use crate::cqrs::LogStore;

fn store() -> LogStore<Communities> {
    let log: Arc<dyn Log> = Arc::new(MemoryLog::new());
    LogStore::new(Arc::clone(&log), Vault::new(MasterKey::random(), log), Clock::system())
}

#[tokio::test]
async fn what_is_committed_is_loaded_again() {
    let (store, id) = (store(), Uuid::new_v4().to_string());
    let found = Command::Found { community: "elm".parse().unwrap(), name: words("Elm").unwrap(), parent: None };
    let mut snapshot = store.load_aggregate(&id).await.unwrap();
    let decided = Communities::decide(&snapshot.aggregate().0, found, &facts(Actor::System).as_facts());
    let events = recorded::<Communities>(decided.unwrap());
    let rival = store.load_aggregate(&id).await.unwrap();
    let committed = store.commit(events.clone(), snapshot, HashMap::new()).await.unwrap();
    assert_eq!(committed[0].sequence, 1);
    let loaded = store.load_events(&id).await.unwrap();
    assert_eq!((loaded.len(), &loaded[0].payload), (1, &events[0]));
    let late = store.commit(events, rival, HashMap::new()).await;
    assert!(matches!(late, Err(AggregateError::AggregateConflict)));
    let mut again = store.load_aggregate(&id).await.unwrap();
    assert_ne!(again.aggregate().0, Default::default());
}
