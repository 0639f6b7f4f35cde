//! The program dies and comes back: everything is in the log.

use std::sync::Arc;

use sandan_app::{Clock, ManualClock};
use sandan_domain::time::Policy;
use sandan_log::{Log, SqliteLog, SqliteOptions};
use sandan_vault::MasterKey;

use crate::world::{World, at, ballot, open};

#[tokio::test]
async fn what_was_decided_is_the_same_after_a_restart() {
    let world = World::new().await;
    let (id, codes) = world.in_review(12).await;
    for code in &codes[..6] {
        world.rates(id, code, "satisfied").await.unwrap();
    }
    let before = world.app.request(id).await.unwrap();
    let World { app, log, clock } = world;
    drop(app);
    let (time, _hand) = Clock::manual(clock.now());
    let again = open(&log, MasterKey::random(), time, Policy::standard());
    assert_eq!(*again.request(id).await.unwrap(), *before);
}

#[tokio::test]
async fn a_log_on_disk_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let key = || MasterKey::load_or_create(folder.path().join("master.key")).unwrap();
    let reopen = || async {
        let log = SqliteLog::open(folder.path().join("log.sqlite"), SqliteOptions::default()).await.unwrap();
        let log: Arc<dyn Log> = Arc::new(log);
        let (clock, hand): (Clock, ManualClock) = Clock::manual(at(crate::world::MONDAY));
        (open(&log, key(), clock, Policy::standard()), log, hand)
    };
    let (app, log, clock) = reopen().await;
    let world = World::around(app, log, clock).await;
    let (id, codes) = world.in_review(0).await;
    drop(world);
    let (app, log, clock) = reopen().await;
    let found = app.by_tracking_code(&codes[0]).await.unwrap();
    assert_eq!(found.0, id);
    clock.set(at("2026-03-12T00:00:00+08:00"));
    assert_eq!(app.keep_due_promises().await, Ok(2), "timers are durable");
    let late = app.rate(&sandan_app::Caller::resident(), id, ballot(&codes[0], "satisfied")).await;
    assert_eq!(late.unwrap_err().code(), "round-closed");
    assert!(sandan_log::verify(&*log).await.unwrap().is_ok());
}
