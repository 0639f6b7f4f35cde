//! The same key, the same answer, one effect.

use futures::future::join_all;
use sandan_app::{Caller, CoSign, Refusal, Triage};
use sandan_domain::Role;
use uuid::Uuid;

use crate::world::{World, a_request, ballot, staff, text};

#[tokio::test]
async fn the_same_key_and_body_give_the_same_answer_and_one_effect() {
    let world = World::new().await;
    let by = Caller::resident().with_key(Uuid::new_v4(), "/api/v1/requests");
    let first = world.app.file(&by, a_request()).await.unwrap();
    world.files().await;
    let events = world.events().await;
    let again = world.app.file(&by, a_request()).await.unwrap();
    assert_eq!(again.outcome, first.outcome);
    assert_eq!((again.position, again.hash, again.generation), (first.position, first.hash, first.generation));
    assert!(again.replayed && !first.replayed);
    assert_eq!(world.events().await, events);
}

#[tokio::test]
async fn the_same_key_with_another_body_is_refused() {
    let world = World::new().await;
    let by = Caller::resident().with_key(Uuid::new_v4(), "/api/v1/requests");
    world.app.file(&by, a_request()).await.unwrap();
    let other = sandan_app::FileRequest { title: text("Lamp"), ..a_request() };
    assert_eq!(world.app.file(&by, other).await.unwrap_err(), Refusal::KeyReused);
}

#[tokio::test]
async fn a_key_belongs_to_its_caller_and_path() {
    let world = World::new().await;
    let key = Uuid::new_v4();
    let elsewhere = Caller::resident().with_key(key, "/elsewhere");
    let here = Caller::resident().with_key(key, "/api/v1/requests");
    let somebody = Caller { name: "token:1".to_owned(), ..here.clone() };
    for by in [here, elsewhere, somebody] {
        assert!(!world.app.file(&by, a_request()).await.unwrap().replayed);
    }
    assert_eq!(world.count("sandan.request.filed").await, 3);
}

#[tokio::test]
async fn refusals_are_not_remembered() {
    let world = World::new().await;
    let filed = world.in_work("roads").await;
    let by = Caller::resident().with_key(Uuid::new_v4(), "/ratings");
    let vote = || ballot(filed.tracking.as_str(), "satisfied");
    assert_eq!(world.app.rate(&by, filed.request, vote()).await.unwrap_err().code(), "no-round");
    world.completes(filed.request, "roads").await;
    assert_eq!(world.app.rate(&by, filed.request, vote()).await.unwrap().outcome.state, "closed");
}

#[tokio::test]
async fn a_repeat_is_answered_although_the_state_has_moved_on() {
    let world = World::new().await;
    let id = world.files().await.request;
    let by = staff(Role::Dispatcher).with_key(Uuid::new_v4(), "/triage");
    let accept = || Triage { decision: text("accept"), ..Triage::default() };
    let first = world.app.triage(&by, id, accept()).await.unwrap();
    world.dispatches(id, "roads").await;
    let again = world.app.triage(&by, id, accept()).await.unwrap();
    assert_eq!((again.outcome.state.as_str(), again.position), ("triaged", first.position));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_key_at_once_has_one_effect() {
    let world = World::new().await;
    let id = world.files().await.request;
    let by = Caller::resident().with_key(Uuid::new_v4(), "/co-signers");
    let joins = (0..32).map(|_| {
        let (app, by) = (world.app.clone(), by.clone());
        tokio::spawn(async move { app.co_sign(&by, id, CoSign::default()).await.unwrap().outcome })
    });
    let answers: Vec<_> = join_all(joins).await.into_iter().map(Result::unwrap).collect();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "all get the same code");
    assert_eq!(world.count("sandan.request.co_signed").await, 1);
    assert_eq!(world.case(id).await.signers.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn filing_with_the_same_key_at_once_files_once() {
    let world = World::new().await;
    let by = Caller::resident().with_key(Uuid::new_v4(), "/api/v1/requests");
    let files = (0..32).map(|_| {
        let (app, by) = (world.app.clone(), by.clone());
        tokio::spawn(async move { app.file(&by, a_request()).await.unwrap() })
    });
    let answers: Vec<_> = join_all(files).await.into_iter().map(Result::unwrap).collect();
    assert!(answers.iter().all(|answer| answer.outcome == answers[0].outcome && answer.hash == answers[0].hash));
    assert_eq!(world.count("sandan.request.filed").await, 1);
    assert_eq!(world.app.request(answers[0].outcome.request).await.map(|_| ()), Ok(()));
}
