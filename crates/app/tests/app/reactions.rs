//! An older node wrote an event without what follows from it: whoever follows the log makes it good, once.

use sandan_domain::request::{Completed, Holder};
use sandan_domain::{Event, Private, RequestId, request};
use sandan_log::{Append, Command, Expect, NewEvent, StreamName};
use uuid::Uuid;

use crate::world::{World, at};

#[tokio::test]
async fn a_review_that_nobody_opened_is_opened_once() {
    let world = World::new().await;
    let id = world.in_work("roads").await.request;
    completes_without_reactions(&world, id).await;
    for _ in 0..2 {
        world.app.catch_up_reactions(10).await.unwrap();
        assert_eq!(world.state(id).await, "in_review");
    }
    assert_eq!(world.count("sandan.review.opened").await, 1);
    assert_eq!(world.count("sandan.request.review_opened").await, 1);
    assert_eq!(world.count("sandan.unit.load_released").await, 1);
    assert_eq!(world.log.next_timer().await, Ok(Some(at("2026-03-06T00:00:00+08:00"))));
    let records = world.records().await;
    let opened = records.iter().find(|record| record.kind == "sandan.review.opened").unwrap();
    let completed = records.iter().find(|record| record.kind == "sandan.request.completed").unwrap();
    assert_eq!((opened.causation, opened.correlation), (Some(completed.id), completed.correlation));
}

#[tokio::test]
async fn a_follower_that_lost_its_checkpoint_does_nothing_twice() {
    let world = World::new().await;
    let (id, codes) = world.in_review(0).await;
    world.rates(id, &codes[0], "dissatisfied").await.unwrap();
    let events = world.events().await;
    world.app.catch_up_reactions(1).await.unwrap();
    assert_eq!(world.events().await, events);
}

async fn completes_without_reactions(world: &World, id: RequestId) {
    let case = world.case(id).await;
    let completed = Completed {
        by: Holder::Unit("roads".parse().unwrap()),
        round: 1,
        answer: Private::new(case.filer, "It is lit"),
        solved: true,
        unsolved_reason: None,
        needs_verification: false,
    };
    let mut events = [Event::Request(request::Event::Completed(completed))];
    let rows = world.app.vault().seal(&mut events).await.unwrap();
    let stream = StreamName::new("request", id.0);
    let version = world.log.read_stream(&stream, 0, 100).await.unwrap().len() as u64;
    let command = Command { id: Uuid::new_v4(), fingerprint: [0; 32], outcome: Default::default() };
    let event = NewEvent {
        stream: stream.clone(),
        id: Uuid::new_v4(),
        kind: events[0].name(),
        schema: events[0].schema(),
        community: "elm".to_owned(),
        occurred: world.clock.now(),
        correlation: Uuid::new_v4(),
        causation: None,
        actor: "unit:roads".to_owned(),
        body: events[0].encode().unwrap().into(),
    };
    let expect = vec![Expect { stream, version }];
    world.log.append(Append { expect, events: vec![event], rows, ..Append::new(command) }).await.unwrap();
}
