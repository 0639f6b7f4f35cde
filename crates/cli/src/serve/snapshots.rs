//! Keeping copies of the read models for nodes that come later: one node does it for all.

use std::time::Duration;

use sandan_app::Jobs;
use sandan_views::{Shelf, Views};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::run::stopped;
use crate::wiring::Engine;

/// After a failure the next try comes so much later.
const RETRY: Duration = Duration::from_secs(10);
/// The place is asked what is there each time that this part of what is wanted is new.
const PART: u64 = 4;
/// The search is built more slowly than the rest; it is waited for so long.
const SEARCH_WITHIN: Duration = Duration::from_secs(60);

/// The job of whoever has the lease; nothing where there is no place for copies, or none are wanted.
pub fn start(engine: &Engine, views: &Views, jobs: &Jobs) -> JoinHandle<()> {
    let (views, jobs, shutdown) = (views.clone(), jobs.clone(), engine.shutdown());
    let (shelf, every) = (engine.shelf.clone(), u64::from(engine.settings.snapshot_every));
    tokio::spawn(async move {
        let Some(shelf) = shelf.filter(|_| every > 0) else { return };
        let keep = |_| {
            let (views, shelf, shutdown) = (&views, &shelf, shutdown.clone());
            async move {
                tokio::select! {
                    () = stopped(shutdown) => {}
                    () = for_ever(views, shelf.as_ref(), every) => {}
                }
            }
        };
        jobs.run("snapshots", stopped(shutdown.clone()), keep).await;
    })
}

async fn for_ever(views: &Views, shelf: &dyn Shelf, every: u64) {
    let mut position = views.watch();
    loop {
        let looked_at = *position.borrow_and_update();
        _ = views.wait_search(looked_at, SEARCH_WITHIN).await;
        if let Err(error) = views.keep_copies(shelf, every).await {
            tracing::warn!(error = &error as &dyn std::error::Error, "a copy of the read models can't be kept");
            sleep(RETRY).await;
            continue;
        }
        // After a fork of history the position may be a smaller one.
        let is_news = |at: &u64| *at < looked_at || *at - looked_at >= (every / PART).max(1);
        if position.wait_for(is_news).await.is_err() {
            return;
        }
    }
}
