//! Timelines and intervals: every event of every stream, opened, in order.

use sandan_domain::{Event, RequestId, unit};
use sandan_views::{Sight, TimelineItem, TimelineStream, Views};

use crate::world::{World, id};

async fn timeline(views: &Views, request: RequestId, limit: usize) -> Vec<TimelineItem> {
    let (mut items, mut cursor) = (Vec::new(), None);
    loop {
        let page = views.timeline(&Sight::All, request, cursor, limit).await.unwrap();
        items.extend(page.items);
        match page.next_cursor {
            Some(next) => cursor = Some(next.to_string().parse().unwrap()),
            None => return items,
        }
    }
}

fn about(event: &Event, stream: uuid::Uuid) -> uuid::Uuid {
    match event {
        Event::Unit(unit::Event::LoadTaken(taken)) => taken.request.0,
        Event::Unit(unit::Event::LoadReleased(released)) => released.request.0,
        _ => stream,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_timeline_has_every_event_about_the_request_in_order() {
    let mut world = World::new(50);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    world.live(300).await;
    let running = world.views(folder.path()).await;
    let mut streams = std::collections::HashSet::new();
    for (request, community) in world.filed.clone() {
        let expected: Vec<(u64, &str)> = world
            .history
            .iter()
            .filter(|happened| about(&happened.event, happened.stream) == request.0)
            .map(|happened| (happened.position, happened.event.name()))
            .collect();
        let limit = 1 + world.chance.below(6);
        let items = timeline(&running.views, request, limit).await;
        let shown: Vec<(u64, &str)> = items.iter().map(|item| (item.position, item.kind.as_str())).collect();
        assert_eq!(shown, expected);
        streams.extend(items.iter().map(|item| item.stream));
        for happened in world.history.iter().filter(|happened| happened.stream == request.0) {
            if let Event::Request(sandan_domain::request::Event::Filed(filed)) = &happened.event {
                assert_eq!(items[0].data["description"].as_str(), filed.description.text());
                assert_eq!(items[0].data["requester"]["name"], "王芳");
                assert_eq!(items[0].text.as_deref(), filed.description.text());
                assert_eq!(items[0].time, happened.at);
            }
        }
        assert_eq!(running.views.community_of(request).await.unwrap(), Some(community));
        check_intervals(&running.views, request, items.last().unwrap().position).await;
    }
    assert_eq!(streams, [TimelineStream::Request, TimelineStream::Review, TimelineStream::Unit].into());
    running.stop().await;
}

async fn check_intervals(views: &Views, request: RequestId, last: u64) {
    let intervals = views.intervals(&Sight::All, request).await.unwrap();
    for pair in intervals.windows(2) {
        assert_eq!((pair[0].to_position, pair[0].to), (Some(pair[1].from_position), Some(pair[1].from)));
        assert_ne!((pair[0].state, &pair[0].owner), (pair[1].state, &pair[1].owner));
    }
    let now = intervals.last().unwrap();
    let shown = views.request(&Sight::All, request).await.unwrap().unwrap();
    assert_eq!((now.state, &now.owner, now.to_position), (shown.state, &shown.owner, None));
    assert!(now.from_position <= last);
}

#[tokio::test(flavor = "multi_thread")]
async fn forgotten_words_are_null_in_a_timeline() {
    let mut world = World::new(51);
    let folder = tempfile::tempdir().unwrap();
    world.settle().await;
    let file = world.plain("river", "不要公开");
    let person = file.requester.person;
    let request = world.files(file).await;
    let running = world.views(folder.path()).await;
    world.vault.forget(person).await.unwrap();
    let items = timeline(&running.views, request, 50).await;
    assert!(items[0].data["description"].is_null());
    assert_eq!(items[0].text, None);
    let (events, next) = running.views.events(&Sight::Set(vec![id("river")]), 0, 1_000).await.unwrap();
    assert!(events.iter().all(|event| event.record.community == "river"));
    assert!(events.last().unwrap().data["description"].is_null());
    assert_eq!(running.views.events(&Sight::All, next.unwrap(), 10).await.unwrap().1, None);
    running.stop().await;
}
