//! Who may comes first, then the code, the thing, the scope, the fields, and last the state.

use sandan_app::{Caller, CoSign, Complete, Dispatch, Extend, FileRequest, Rate, Return, Suspend, Triage};
use sandan_domain::{RequestId, Role};
use uuid::Uuid;

use crate::world::{World, a_request, ballot, conflict, done, fields, limited_to, of_unit, staff, text};

fn nowhere() -> RequestId {
    RequestId(Uuid::new_v4())
}

#[tokio::test]
async fn who_may_comes_before_everything() {
    let world = World::new().await;
    let refused = world.app.triage(&Caller::resident(), nowhere(), Triage::default()).await;
    assert_eq!(refused.unwrap_err().code(), "not-signed-in");
    let refused = world.app.triage(&staff(Role::Kiosk), nowhere(), Triage::default()).await;
    assert_eq!(refused.unwrap_err().code(), "forbidden");
    let refused = world.app.rate(&staff(Role::Dispatcher), nowhere(), Rate::default()).await;
    assert_eq!(refused.unwrap_err().code(), "forbidden");
    let refused = world.app.file(&of_unit("roads"), FileRequest::default()).await;
    assert_eq!(refused.unwrap_err().code(), "forbidden");
}

#[tokio::test]
async fn a_wrong_or_malformed_code_is_not_found_whatever_else_is_wrong() {
    let world = World::new().await;
    let (id, _) = world.in_review(0).await;
    let other = world.files().await.tracking.to_string();
    for code in ["", "nonsense", "AAAAAAAAAAAAA", "0000000000000", other.as_str()] {
        let refused = world.rates(id, code, "no such rating").await;
        assert_eq!(refused.unwrap_err().code(), "not-found", "{code:?}");
    }
}

#[tokio::test]
async fn what_does_not_exist_comes_before_the_fields() {
    let world = World::new().await;
    let refused = world.app.triage(&staff(Role::Dispatcher), nowhere(), Triage::default()).await;
    assert_eq!(refused.unwrap_err().code(), "not-found");
}

#[tokio::test]
async fn anothers_community_comes_before_the_fields_and_the_state() {
    let world = World::new().await;
    world.found("oak", None).await;
    let id = world.files().await.request;
    let stranger = limited_to(staff(Role::Dispatcher), "oak");
    assert_eq!(world.app.triage(&stranger, id, Triage::default()).await.unwrap_err().code(), "forbidden");
    let dispatch = Dispatch { unit: text("roads"), ..Dispatch::default() };
    assert_eq!(world.app.dispatch(&stranger, id, dispatch).await.unwrap_err().code(), "forbidden");
    let kiosk = limited_to(staff(Role::Kiosk), "oak");
    assert_eq!(world.app.file(&kiosk, a_request()).await.unwrap_err().code(), "forbidden");
}

#[tokio::test]
async fn a_scope_covers_the_communities_below_it() {
    let world = World::new().await;
    world.found("town", None).await;
    world.found("street", Some("town")).await;
    world.found("house", Some("street")).await;
    let town = limited_to(staff(Role::Supervisor), "town");
    assert_eq!(world.app.who_may_see(&town, &"house".parse().unwrap()).await, Ok(()));
    assert_eq!(world.app.who_may_see(&town, &"elm".parse().unwrap()).await.unwrap_err().code(), "forbidden");
    let street = limited_to(staff(Role::Supervisor), "street");
    assert_eq!(world.app.who_may_see(&street, &"town".parse().unwrap()).await.unwrap_err().code(), "forbidden");
    assert_eq!(fields(world.app.who_may_see(&street, &"nowhere".parse().unwrap()).await), ["community"]);
}

#[tokio::test]
async fn a_stranger_unit_is_refused_before_its_fields_are_read() {
    let world = World::new().await;
    let id = world.in_work("roads").await.request;
    let stranger = of_unit("water");
    assert_eq!(world.app.complete(&stranger, id, Complete::default()).await.unwrap_err().code(), "not-yours");
    assert_eq!(world.app.give_back(&stranger, id, Return::default()).await.unwrap_err().code(), "not-yours");
    assert_eq!(world.app.extend(&stranger, id, Extend::default()).await.unwrap_err().code(), "not-yours");
    let elsewhere = world.app.claim(&of_unit("nobody"), id).await;
    assert_eq!(elsewhere.unwrap_err().code(), "forbidden");
}

#[tokio::test]
async fn fields_come_before_the_state_and_all_together() {
    let world = World::new().await;
    let (id, _) = world.in_review(0).await;
    assert_eq!(fields(world.app.complete(&of_unit("roads"), id, Complete::default()).await), ["answer"]);
    assert_eq!(conflict(world.app.complete(&of_unit("roads"), id, done()).await).0, "in_review");
    let suspend = world.app.suspend(&staff(Role::Supervisor), id, Suspend::default()).await;
    assert_eq!(fields(suspend), ["reason", "review_on"]);
    let past = Suspend { reason: text("Why not"), review_on: text("2026-03-01") };
    assert_eq!(fields(world.app.suspend(&staff(Role::Supervisor), id, past).await), ["review_on"]);
    let unsolved = Complete { solved: Some(false), ..done() };
    assert_eq!(fields(world.app.complete(&of_unit("roads"), id, unsolved).await), ["unsolved_reason"]);
}

#[tokio::test]
async fn everything_wrong_with_a_filing_is_said_at_once() {
    let world = World::new().await;
    let wrong = FileRequest {
        community: text("elm"),
        channel: text("pigeon"),
        category: text("no such thing"),
        title: Some("x".repeat(201)),
        description: text("  "),
        urgency: text("very"),
        name: text("a\u{7}b"),
        phone: text("call me"),
        email: text("write to me"),
        address: Some("x".repeat(201)),
        grid: text("g9"),
        lat: Some(91.0),
        lng: None,
    };
    let mut wrong = fields(world.app.file(&Caller::resident(), wrong).await);
    wrong.sort_unstable();
    let expected = [
        "category",
        "channel",
        "description",
        "location.address",
        "location.grid",
        "location.lat",
        "location.lng",
        "requester.email",
        "requester.name",
        "requester.phone",
        "title",
        "urgency",
    ];
    assert_eq!(wrong, expected);
    assert_eq!(fields(world.app.file(&Caller::resident(), FileRequest::default()).await), ["community", "description"]);
    let unknown = FileRequest { community: text("nowhere"), ..a_request() };
    assert_eq!(fields(world.app.file(&Caller::resident(), unknown).await), ["community"]);
}

#[tokio::test]
async fn a_dispatch_names_exactly_one_target_that_exists() {
    let world = World::new().await;
    let id = world.files().await.request;
    let by = staff(Role::Dispatcher);
    let both = Dispatch { unit: text("roads"), pool: Some(true), ..Dispatch::default() };
    let twice = Dispatch { units: Some(vec!["roads".into(), "roads".into()]), ..Dispatch::default() };
    let many = Dispatch { pool: Some(true), slots: Some(101), ..Dispatch::default() };
    let nobody = Dispatch { unit: text("nobody"), ..Dispatch::default() };
    let cases = [(Dispatch::default(), "unit"), (both, "unit"), (twice, "units"), (many, "slots"), (nobody, "unit")];
    for (input, field) in cases {
        assert_eq!(fields(world.app.dispatch(&by, id, input).await), [field]);
    }
}

#[tokio::test]
async fn residents_calls_are_open_to_the_tokens_through_which_they_speak() {
    let world = World::new().await;
    for role in [Role::Kiosk, Role::Hotline, Role::GridWorker] {
        let by = staff(role);
        let hotline = FileRequest { channel: text("hotline"), ..a_request() };
        let filed = world.app.file(&by, hotline).await.unwrap().outcome;
        world.app.co_sign(&by, filed.request, CoSign::default()).await.unwrap();
        let refused = world.app.rate(&by, filed.request, ballot(filed.tracking.as_str(), "satisfied")).await;
        let (state, permitted) = conflict(refused);
        assert_eq!(state, "filed");
        assert!(permitted.contains(&"triage") && permitted.contains(&"withdraw"));
    }
}
