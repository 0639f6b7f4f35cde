//! One request becomes part of another (R5).

use sandan_app::{Caller, Triage, Withdraw};
use sandan_domain::{RequestId, Role};

use crate::world::{World, conflict, fields, staff, text};

#[tokio::test]
async fn a_merged_resident_keeps_code_and_vote() {
    let world = World::new().await;
    let merged = world.files().await;
    let (survivor, codes) = in_work_with(&world, merged.request).await;
    world.completes(survivor, "roads").await;
    world.rates(survivor, &codes, "satisfied").await.unwrap();
    assert_eq!(world.state(survivor).await, "in_review", "one vote is still out");
    let rated = world.rates(merged.request, merged.tracking.as_str(), "satisfied").await.unwrap();
    assert_eq!((rated.outcome.request, rated.outcome.state.as_str()), (merged.request, "closed"));
}

#[tokio::test]
async fn a_merged_residents_code_opens_the_surviving_request_too() {
    let world = World::new().await;
    let merged = world.files().await;
    let (survivor, _) = in_work_with(&world, merged.request).await;
    world.completes(survivor, "roads").await;
    world.rates(survivor, merged.tracking.as_str(), "satisfied").await.unwrap();
    let take_back = Withdraw { tracking_code: text(merged.tracking.as_str()), reason: None };
    let refused = world.app.withdraw(&Caller::resident(), survivor, take_back).await;
    assert_eq!(refused.unwrap_err().code(), "forbidden", "it is not their request to withdraw");
}

#[tokio::test]
async fn merges_are_followed_along_a_chain() {
    let world = World::new().await;
    let (first, second, third) = (world.files().await, world.files().await, world.files().await);
    merges(&world, first.request, second.request).await.unwrap();
    merges(&world, second.request, third.request).await.unwrap();
    assert_eq!(world.app.surviving(first.request).await, Ok(third.request));
    assert_eq!(world.case(third.request).await.signers.len(), 3);
}

#[tokio::test]
async fn merging_is_only_into_another_unfinished_request_of_the_same_community() {
    let world = World::new().await;
    let id = world.files().await.request;
    let (finished, _) = world.in_review(0).await;
    assert_eq!(fields(merges(&world, id, id).await), ["into"]);
    assert_eq!(fields(merges(&world, id, RequestId(uuid::Uuid::new_v4())).await), ["into"]);
    assert_eq!(conflict(merges(&world, id, finished).await).0, "filed");
    assert_eq!(world.state(id).await, "filed", "nothing of a refused merge stays");
    world.found("oak", None).await;
    let elsewhere = sandan_app::FileRequest { community: text("oak"), ..crate::world::a_request() };
    let other = world.app.file(&Caller::resident(), elsewhere).await.unwrap().outcome.request;
    assert_eq!(fields(merges(&world, id, other).await), ["into"]);
}

async fn in_work_with(world: &World, merged: RequestId) -> (RequestId, String) {
    let survivor = world.in_work("roads").await;
    merges(world, merged, survivor.request).await.unwrap();
    assert_eq!(world.state(merged).await, "merged");
    (survivor.request, survivor.tracking.to_string())
}

async fn merges(world: &World, id: RequestId, into: RequestId) -> sandan_app::Answer<sandan_app::Changed> {
    let merge = Triage { decision: text("merge"), into: Some(into.to_string()), ..Triage::default() };
    world.app.triage(&staff(Role::Dispatcher), id, merge).await
}
