//! 回炉: what was filed as done and is not goes back, with reference to the session (R20, R22).

use sandan_app::{Refusal, SendBack};
use sandan_domain::{RequestId, Role};

use super::hall::Hall;
use crate::world::{World, fields, staff, text};

async fn sends(world: &World, hall: &Hall, request: &str) -> Result<(), Refusal> {
    let send = SendBack { request: text(request), why: text("not_done"), note: text("The lamp is dark again") };
    world.app.send_back(&staff(Role::Dispatcher), hall.id, send).await.map(|_| ())
}

async fn closed(world: &World) -> RequestId {
    let (id, codes) = world.in_review(0).await;
    world.rates(id, &codes[0], "satisfied").await.unwrap();
    assert_eq!(world.state(id).await, "closed");
    id
}

#[tokio::test]
async fn a_closed_request_goes_back_to_triage_once_and_can_be_done_again() {
    let world = World::new().await;
    let id = closed(&world).await;
    let hall = Hall::open(&world, "2026-Q1", 1).await;
    assert_eq!(sends(&world, &hall, &id.to_string()).await.unwrap_err().code(), "evaluation-not-closed");
    hall.counts(&world).await;
    sends(&world, &hall, &id.to_string()).await.unwrap();
    let case = world.case(id).await;
    assert_eq!((case.stage.name(), case.round), ("returned", 2));
    let again = sends(&world, &hall, &id.to_string()).await.unwrap_err();
    assert_eq!(again.code(), "evaluation-request-not-closed");
    world.accepts(id).await;
    world.dispatches(id, "roads").await;
    world.app.claim(&crate::world::of_unit("roads"), id).await.unwrap();
    assert_eq!(world.completes(id, "roads").await.state, "in_review");
    assert_eq!(hall.session(&world.app).await.sent_back.len(), 1);
    // The minutes have what was noted.
    let notes = world.app.notes(hall.id).await.unwrap();
    assert_eq!(notes.into_iter().collect::<Vec<_>>(), [(id, "The lamp is dark again".to_owned())]);
}

#[tokio::test]
async fn an_open_request_and_one_that_is_none_are_refused_each_with_the_reason() {
    let world = World::new().await;
    let open = world.files().await.request;
    let hall = Hall::open(&world, "2026-Q1", 1).await;
    hall.counts(&world).await;
    let refusal = sends(&world, &hall, &open.to_string()).await.unwrap_err();
    assert_eq!(refusal.code(), "evaluation-request-not-closed");
    assert_eq!(fields(sends(&world, &hall, "no request").await), ["request"]);
}
