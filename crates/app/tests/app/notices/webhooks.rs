//! Webhooks: order, tries, signatures, what is laid aside, and telling it anew.

use sandan_app::notices::NewEndpoint;
use sandan_app::{Caller, FileRequest, Triage};
use sandan_domain::Role;
use serde_json::Value;

use super::receiver::{Does, Receiver};
use super::{administrator, endpoint, job, later};
use crate::world::{World, a_request, fields, staff, text};

fn notices() -> NewEndpoint {
    NewEndpoint { feed: text("notices"), ..NewEndpoint::default() }
}

#[tokio::test]
async fn an_endpoint_is_told_every_event_in_order_signed_and_without_persons_words() {
    let world = World::new().await;
    let receiver = Receiver::start().await;
    let (_, secret) = endpoint(&world, &receiver.url, NewEndpoint::default()).await;
    let before = world.events().await;
    let filed = world.files().await;
    world.accepts(filed.request).await;
    let (job, _) = job(&world, None);
    assert_eq!(job.send_due().await.unwrap(), None);
    let calls = receiver.calls();
    assert_eq!(receiver.positions(), (before + 1..=world.events().await).collect::<Vec<_>>());
    for (call, record) in calls.iter().zip(world.log.read(before, 100).await.unwrap()) {
        let event = call.json();
        assert!(call.is_signed_with(&secret));
        assert_eq!(call.headers["content-type"], "application/cloudevents+json");
        assert_eq!((call.id(), &event["type"]), (&*record.id.to_string(), &Value::from(record.kind)));
        assert_eq!(event["specversion"], "1.0");
    }
    assert_eq!(calls[0].json()["data"]["description"], Value::Null);
    job.send_due().await.unwrap();
    assert_eq!(receiver.calls().len(), calls.len(), "nothing is told twice");
}

#[tokio::test]
async fn an_endpoint_that_may_have_words_gets_them_and_filters_hold() {
    let world = World::new().await;
    world.found("oak", None).await;
    let (personal, filtered) = (Receiver::start().await, Receiver::start().await);
    endpoint(&world, &personal.url, NewEndpoint { personal: true, ..NewEndpoint::default() }).await;
    let only = NewEndpoint { types: vec!["sandan.request.*".into()], community: text("oak"), ..NewEndpoint::default() };
    endpoint(&world, &filtered.url, only).await;
    let oak = FileRequest { community: text("oak"), name: text("Wang"), ..a_request() };
    world.files().await;
    world.app.file(&Caller::resident(), oak).await.unwrap();
    let (job, _) = job(&world, None);
    job.send_due().await.unwrap();
    assert_eq!((personal.calls().len(), filtered.calls().len()), (2, 1));
    let told = personal.calls()[1].json();
    assert_eq!(told["data"]["description"], "The lamp is out");
    assert_eq!(told["data"]["requester"]["name"], "Wang");
    assert_eq!(filtered.calls()[0].json()["community"], "oak");
}

#[tokio::test]
async fn a_message_that_fails_is_tried_again_under_the_same_id_before_the_next() {
    let world = World::new().await;
    let receiver = Receiver::start().await;
    endpoint(&world, &receiver.url, NewEndpoint::default()).await;
    receiver.will([Does::Answer(500), Does::Close]);
    let filed = world.files().await;
    world.accepts(filed.request).await;
    let (job, hand) = job(&world, None);
    let next = job.send_due().await.unwrap().expect("it is tried again later");
    assert!(next > hand.now());
    job.send_due().await.unwrap();
    assert_eq!(receiver.calls().len(), 1, "not before its time");
    later(&hand);
    job.send_due().await.unwrap();
    later(&hand);
    job.send_due().await.unwrap();
    let ids = receiver.ids();
    assert_eq!(ids.len(), 4);
    assert!(ids[0] == ids[1] && ids[1] == ids[2] && ids[2] != ids[3], "{ids:?}");
}

#[tokio::test]
async fn one_that_fails_stops_no_other_and_is_laid_aside_after_its_tries() {
    let world = World::new().await;
    let (bad, good) = (Receiver::start().await, Receiver::start().await);
    let (id, _) = endpoint(&world, &bad.url, NewEndpoint::default()).await;
    endpoint(&world, &good.url, NewEndpoint::default()).await;
    bad.will([Does::Redirect, Does::Answer(404), Does::Answer(503)]);
    let filed = world.files().await;
    world.accepts(filed.request).await;
    let (job, hand) = job(&world, None);
    for _ in 0..3 {
        job.send_due().await.unwrap();
        later(&hand);
    }
    assert_eq!(good.calls().len(), 2);
    let ids = bad.ids();
    assert!(ids.len() == 4 && ids[0] == ids[2] && ids[3] == good.ids()[1], "the next one follows: {ids:?}");
    let standing = world.app.notices(&administrator()).await.unwrap();
    let [dead] = &standing.dead[..] else { panic!("one is laid aside: {standing:?}") };
    assert_eq!(dead.attempts, 3);
    assert!(dead.last_error.as_ref().unwrap().contains("503"), "{dead:?}");
    assert_eq!(world.app.retry_notices(&administrator(), Some(dead.id)).await.unwrap(), 1);
    job.send_due().await.unwrap();
    assert_eq!(bad.ids()[4], ids[0], "once more, under the same id");
    let standing = world.app.notices(&administrator()).await.unwrap();
    assert!(standing.dead.is_empty() && standing.waiting.is_empty());
    let from = receiver_position(&good);
    world.app.replay_endpoint(&administrator(), id, from - 1).await.unwrap();
    job.send_due().await.unwrap();
    assert_eq!(bad.ids()[5..], good.ids()[..], "from a position, all of it, in order");
}

fn receiver_position(receiver: &Receiver) -> u64 {
    receiver.positions()[0]
}

#[tokio::test]
async fn who_is_gone_is_called_no_more_until_an_administrator_says_so() {
    let world = World::new().await;
    let receiver = Receiver::start().await;
    let (id, _) = endpoint(&world, &receiver.url, NewEndpoint::default()).await;
    receiver.will([Does::Answer(410)]);
    world.files().await;
    let (job, hand) = job(&world, None);
    job.send_due().await.unwrap();
    later(&hand);
    job.send_due().await.unwrap();
    assert_eq!(receiver.calls().len(), 1);
    let standing = world.app.notices(&administrator()).await.unwrap();
    assert!(standing.endpoints[0].disabled.as_ref().unwrap().contains("410"));
    let at = standing.endpoints[0].cursor.as_ref().unwrap().position;
    world.app.replay_endpoint(&administrator(), id, at).await.unwrap();
    job.send_due().await.unwrap();
    let ids = receiver.ids();
    assert!(ids.len() == 2 && ids[0] == ids[1], "{ids:?}");
}

#[tokio::test]
async fn a_job_that_ends_between_sending_and_writing_down_sends_again_under_the_same_id() {
    let world = World::new().await;
    let receiver = Receiver::start().await;
    endpoint(&world, &receiver.url, NewEndpoint::default()).await;
    receiver.will([Does::Nothing]);
    world.files().await;
    let (first, _) = job(&world, None);
    let sending = tokio::spawn(async move { first.send_due().await });
    receiver.has(1).await;
    // The receiver has it, and nobody wrote that down.
    sending.abort();
    assert!(sending.await.unwrap_err().is_cancelled());
    let (second, _) = job(&world, None);
    second.send_due().await.unwrap();
    let ids = receiver.ids();
    assert!(ids.len() == 2 && ids[0] == ids[1], "{ids:?}");
}

#[tokio::test]
async fn two_jobs_at_once_leave_the_cursor_at_the_end() {
    let world = World::new().await;
    let receiver = Receiver::start().await;
    endpoint(&world, &receiver.url, NewEndpoint::default()).await;
    for _ in 0..20 {
        world.files().await;
    }
    let ((one, _), (two, _)) = (job(&world, None), job(&world, None));
    let (first, second) = tokio::join!(one.send_due(), two.send_due());
    assert_eq!((first.unwrap(), second.unwrap()), (None, None));
    let mut ids = receiver.ids();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 20, "each at least once");
    let standing = world.app.notices(&administrator()).await.unwrap();
    assert_eq!(standing.endpoints[0].behind, 0);
}

#[tokio::test]
async fn a_rotated_secret_signs_beside_the_one_before() {
    let world = World::new().await;
    let receiver = Receiver::start().await;
    let (id, first) = endpoint(&world, &receiver.url, NewEndpoint::default()).await;
    let second = world.app.rotate_endpoint(&administrator(), id).await.unwrap();
    let ping = world.app.ping_endpoint(&administrator(), id).await.unwrap();
    let (job, _) = job(&world, None);
    job.send_due().await.unwrap();
    let third = world.app.rotate_endpoint(&administrator(), id).await.unwrap();
    world.app.ping_endpoint(&administrator(), id).await.unwrap();
    job.send_due().await.unwrap();
    let calls = receiver.calls();
    assert_eq!((calls[0].id(), &calls[0].json()["type"]), (&*ping.to_string(), &Value::from("sandan.ping")));
    let signed = |nth: usize| [&first, &second, &third].map(|secret| calls[nth].is_signed_with(secret));
    assert_eq!((signed(0), signed(1)), ([true, true, false], [false, true, true]));
}

#[tokio::test]
async fn a_gateway_is_told_what_people_are_to_be_told_and_how_to_reach_them() {
    let world = World::new().await;
    let receiver = Receiver::start().await;
    endpoint(&world, &receiver.url, notices()).await;
    let request = FileRequest { name: text("王芳"), phone: text("13800000000"), ..a_request() };
    let filed = world.app.file(&Caller::resident(), request).await.unwrap().outcome;
    world.accepts(filed.request).await;
    world.dispatches(filed.request, "roads").await;
    world.app.claim(&crate::world::of_unit("roads"), filed.request).await.unwrap();
    world.completes(filed.request, "roads").await;
    let (job, _) = job(&world, None);
    job.send_due().await.unwrap();
    let calls: Vec<Value> = receiver.calls().iter().map(|call| call.json()).collect();
    let kinds: Vec<&str> = calls.iter().map(|call| call["data"]["notice"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["received", "dispatched", "unit_dispatched", "completed"]);
    let received = &calls[0]["data"];
    assert_eq!((&received["to"]["name"], &received["to"]["phone"]), (&"王芳".into(), &"13800000000".into()));
    assert_eq!(received["url"], format!("http://here/r/{}", filed.tracking));
    assert!(received["zh"]["text"].as_str().unwrap().contains(&filed.number.to_string()));
    assert_eq!(calls[2]["data"]["to"]["unit"], "roads");
    assert_eq!(calls[2]["data"]["to"]["phone"], Value::Null, "a unit is not told who asks");
    assert!(calls[3]["data"]["en"]["text"].as_str().unwrap().contains("The lamp is lit again"));
}

#[tokio::test]
async fn a_refusal_is_told_with_its_reason() {
    let world = World::new().await;
    let receiver = Receiver::start().await;
    endpoint(&world, &receiver.url, notices()).await;
    let filed = world.files().await;
    let reject = Triage { decision: text("reject"), reason: text("Not ours"), ..Triage::default() };
    world.app.triage(&staff(Role::Dispatcher), filed.request, reject).await.unwrap();
    let (job, _) = job(&world, None);
    job.send_due().await.unwrap();
    let told = receiver.calls()[1].json();
    assert_eq!(told["data"]["notice"], "rejected");
    assert!(told["data"]["zh"]["text"].as_str().unwrap().contains("理由：Not ours"));
}

#[tokio::test]
async fn only_administrators_keep_endpoints_and_addresses_are_checked() {
    let world = World::new().await;
    let refused = world.app.add_endpoint(&staff(Role::Supervisor), NewEndpoint::default()).await;
    assert_eq!(refused.unwrap_err().code(), "forbidden");
    let wrong = NewEndpoint {
        url: text("ftp://a.cn"),
        feed: text("all"),
        types: vec!["sandan.request.teleported".to_owned()],
        ..NewEndpoint::default()
    };
    assert_eq!(fields(world.app.add_endpoint(&administrator(), wrong).await), ["url", "feed", "types"]);
}

#[tokio::test]
async fn a_private_network_is_not_called() {
    let world = World::new().await;
    for wrong in ["https://10.0.0.1/", "http://10.0.0.1/x", "http://sms.example.cn/x"] {
        let wrong = NewEndpoint { url: text(wrong), ..NewEndpoint::default() };
        assert_eq!(fields(world.app.add_endpoint(&administrator(), wrong).await), ["url"]);
    }
    // It was taken while the setting allowed it.
    world.app.let_webhooks_go_private(true);
    endpoint(&world, "https://10.0.0.1/", NewEndpoint::default()).await;
    world.app.let_webhooks_go_private(false);
    world.files().await;
    let (job, _) = job(&world, None);
    assert!(job.send_due().await.unwrap().is_some());
    let standing = world.app.notices(&administrator()).await.unwrap();
    let cursor = standing.endpoints[0].cursor.clone().unwrap();
    assert!(cursor.last_error.unwrap().contains("private network"));
}
