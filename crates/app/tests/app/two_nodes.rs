//! Two programs over one log: neither trusts its memory when it is about to say no.

use sandan_app::{AddGrid, App, Caller, Clock, Dispatch, FileRequest, Progress};
use sandan_domain::Role;
use sandan_domain::time::Policy;
use sandan_vault::MasterKey;

use crate::world::{World, a_request, of_unit, open, staff, text};

/// Another node over the world's log. Its key differs, so it gets no words of persons whom the first one knows.
fn another(world: &World) -> App {
    let (clock, _) = Clock::manual(world.clock.now());
    open(&world.log, MasterKey::random(), clock, Policy::standard())
}

fn to(unit: &str) -> Dispatch {
    Dispatch { unit: text(unit), ..Dispatch::default() }
}

#[tokio::test]
async fn what_the_other_node_decided_is_seen_before_anything_is_refused() {
    let world = World::new().await;
    let other = another(&world);
    let id = world.files().await.request;
    other.request(id).await.unwrap();
    world.accepts(id).await;
    let dispatched = other.dispatch(&staff(Role::Dispatcher), id, to("roads")).await.unwrap();
    assert_eq!(dispatched.outcome.state, "dispatched", "although its memory said filed");
    assert_eq!(world.app.claim(&of_unit("roads"), id).await.unwrap().outcome.state, "claimed");
}

#[tokio::test]
async fn a_unit_that_the_other_node_gave_the_work_is_not_sent_away() {
    let world = World::new().await;
    let other = another(&world);
    let id = world.files().await.request;
    world.accepts(id).await;
    world.dispatches(id, "roads").await;
    other.request(id).await.unwrap();
    world.dispatches(id, "water").await;
    let note = |unit: &'static str| {
        let other = other.clone();
        async move { other.progress(&of_unit(unit), id, Progress::default()).await.unwrap_err().code() }
    };
    assert_eq!(note("water").await, "invalid", "its turn: only the note is missing");
    assert_eq!(note("roads").await, "not-yours");
}

#[tokio::test]
async fn a_grid_that_the_other_node_added_is_known() {
    let world = World::new().await;
    let other = another(&world);
    world.app.file(&Caller::resident(), a_request()).await.unwrap();
    let grid = AddGrid { slug: text("g2"), community: text("elm"), name: text("Second"), lead: None };
    other.add_grid(&staff(Role::Administrator), grid).await.unwrap();
    let there = FileRequest { grid: text("g2"), ..a_request() };
    world.app.file(&Caller::resident(), there).await.unwrap();
}
