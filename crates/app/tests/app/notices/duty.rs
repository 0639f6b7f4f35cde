//! R7: of what is urgent and comes in outside office hours the duty desk is told at once.

use std::time::Duration;

use sandan_app::notices::{NewEndpoint, Shown};
use sandan_app::{Caller, FileRequest};
use serde_json::Value;

use super::receiver::{Does, Receiver};
use super::{administrator, endpoint, job, later};
use crate::world::{World, a_request, at, text};

fn notices() -> NewEndpoint {
    NewEndpoint { feed: text("notices"), ..NewEndpoint::default() }
}

async fn told(at_time: &str, urgency: &str) -> Vec<(String, String)> {
    let world = World::new().await;
    world.clock.set(at(at_time));
    let receiver = Receiver::start().await;
    endpoint(&world, &receiver.url, notices()).await;
    let request = FileRequest { urgency: text(urgency), ..a_request() };
    world.app.file(&Caller::resident(), request).await.unwrap();
    let (job, _) = job(&world, None);
    job.send_due().await.unwrap();
    let calls: Vec<Value> = receiver.calls().iter().map(|call| call.json()["data"].clone()).collect();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    calls.iter().map(|data| (word(&data["notice"]), word(&data["to"]["audience"]))).collect()
}

#[tokio::test]
async fn the_duty_desk_is_told_of_what_is_urgent_outside_office_hours_alone() {
    let own = |(notice, to): (&str, &str)| (notice.to_owned(), to.to_owned());
    let resident = own(("received", "resident"));
    let saturday = "2026-03-07T22:00:00+08:00";
    assert_eq!(told(saturday, "urgent").await, [resident.clone(), own(("duty", "desk"))]);
    assert_eq!(told(saturday, "normal").await, std::slice::from_ref(&resident));
    assert_eq!(told(crate::world::MONDAY, "urgent").await, [resident]);
}

#[tokio::test]
async fn what_was_laid_aside_is_shown_without_words_and_thrown_away() {
    let world = World::new().await;
    let receiver = Receiver::start().await;
    endpoint(&world, &format!("{}?key=secret", receiver.url), notices()).await;
    receiver.will([Does::Answer(500); 3]);
    let filed = world.files().await;
    let (job, hand) = job(&world, None);
    for _ in 0..3 {
        job.send_due().await.unwrap();
        later(&hand);
    }
    let standing = world.app.notices(&administrator()).await.unwrap();
    let [dead] = &standing.dead[..] else { panic!("one is laid aside: {standing:?}") };
    let shown: Shown = world.app.show_notice(dead).await.unwrap();
    assert_eq!((shown.notice, shown.request), (Some(["诉求已收到", "received"]), Some(filed.request)));
    assert!(!format!("{shown:?}").contains("secret"), "{shown:?}");
    world.app.discard_notice(&administrator(), dead.id).await.unwrap();
    assert!(world.app.notices(&administrator()).await.unwrap().dead.is_empty());
    let again = world.app.discard_notice(&administrator(), dead.id).await.unwrap_err();
    assert_eq!(again.code(), "not-found");
    let stranger = world.app.discard_notice(&crate::world::staff(sandan_domain::Role::Supervisor), dead.id).await;
    assert_eq!(stranger.unwrap_err().code(), "forbidden");
}

#[tokio::test]
async fn who_slept_through_its_replacement_can_not_note_down_what_it_sent() {
    let world = World::new().await;
    let receiver = Receiver::start().await;
    let (id, _) = endpoint(&world, &receiver.url, NewEndpoint::default()).await;
    world.files().await;
    let old = world.log.lease("notices", "sleeper", Duration::ZERO).await.unwrap().unwrap();
    let new = world.log.lease("notices", "successor", Duration::from_secs(60)).await.unwrap().unwrap();
    let (job, _) = job(&world, None);
    assert!(job.under(old.fence()).send_due().await.is_err());
    let standing = world.app.notices(&administrator()).await.unwrap();
    assert_eq!((standing.endpoints[0].id, standing.endpoints[0].behind), (id, 1), "nothing was noted down");
    job.under(new.fence()).send_due().await.unwrap();
    assert_eq!(world.app.notices(&administrator()).await.unwrap().endpoints[0].behind, 0);
    let ids = receiver.ids();
    assert!(ids.len() == 2 && ids[0] == ids[1], "sent again under the same id: {ids:?}");
}
