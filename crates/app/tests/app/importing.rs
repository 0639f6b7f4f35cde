//! Requests from another system, with their own past.

use jiff::Timestamp;
use sandan_app::notices::NewEndpoint;
use sandan_app::{Caller, ImportRow, Imported, Refusal};

use crate::notices::receiver::Receiver;
use crate::notices::{endpoint, job};
use crate::world::{World, at, fields, text};

fn row(id: &str, reply: Option<(Timestamp, String)>) -> ImportRow {
    ImportRow {
        community: "elm".to_owned(),
        external_id: id.to_owned(),
        user: "A0001".to_owned(),
        subject: "The lamp".to_owned(),
        body: "It is out".to_owned(),
        submitted_at: at("2019-02-14T20:00:00+08:00"),
        reply,
        ..ImportRow::default()
    }
}

fn answered(id: &str) -> ImportRow {
    row(id, Some((at("2019-03-01T10:00:00+08:00"), "It is lit".to_owned())))
}

#[tokio::test]
async fn an_answered_row_keeps_its_past_and_closes_unrated() {
    let world = World::new().await;
    let answers = world.app.import(&Caller::system(), vec![answered("1")]).await;
    let [Ok(Imported::New(id))] = answers[..] else { panic!("a new request, not {answers:?}") };
    assert_eq!(world.state(id).await, "closed");
    let records = world.records().await;
    let past: Vec<_> = records.iter().filter(|record| record.stream.id == id.0).collect();
    let times: Vec<_> = past.iter().map(|record| (record.kind.as_str(), record.occurred)).collect();
    let (filed, replied) = (at("2019-02-14T20:00:00+08:00"), at("2019-03-01T10:00:00+08:00"));
    let expected = [
        ("sandan.request.filed", filed),
        ("sandan.request.dispatched", filed),
        ("sandan.request.completed", replied),
        ("sandan.request.closed", replied),
    ];
    assert_eq!(times, expected);
    assert!(past.iter().all(|record| record.recorded == world.clock.now()));
    assert_eq!(world.log.next_timer().await, Ok(None), "the past promises nothing");
}

#[tokio::test]
async fn the_same_rows_twice_add_nothing() {
    let world = World::new().await;
    let rows = || vec![answered("1"), row("2", None), row("3", None)];
    world.app.import(&Caller::system(), rows()).await;
    let events = world.events().await;
    let again = world.app.import(&Caller::system(), rows()).await;
    assert!(again.iter().all(|answer| *answer == Ok(Imported::Known)), "{again:?}");
    assert_eq!(world.events().await, events);
}

#[tokio::test]
async fn the_same_row_twice_in_one_file_is_filed_once() {
    let world = World::new().await;
    let rows = (0..100).map(|_| row("1", None)).collect();
    let answers = world.app.import(&Caller::system(), rows).await;
    assert_eq!(answers.iter().filter(|answer| matches!(answer, Ok(Imported::New(_)))).count(), 1);
}

#[tokio::test]
async fn a_bad_row_is_refused_alone() {
    let world = World::new().await;
    let future = ImportRow { submitted_at: at("2030-01-01T00:00:00Z"), ..row("2", None) };
    let early = row("3", Some((at("2018-01-01T00:00:00Z"), " ".to_owned())));
    let elsewhere = ImportRow { community: "nowhere".to_owned(), ..row("4", None) };
    let mut answers = world.app.import(&Caller::system(), vec![row("1", None), future, early, elsewhere]).await;
    assert_eq!(fields(answers.pop().unwrap()), ["community"]);
    assert_eq!(fields(answers.pop().unwrap()), ["reply", "replied_at"]);
    assert_eq!(fields(answers.pop().unwrap()), ["submitted_at"]);
    assert!(matches!(answers.pop().unwrap(), Ok(Imported::New(_))));
    let refused = world.app.import(&Caller::resident(), vec![row("5", None)]).await;
    assert!(matches!(refused[..], [Err(Refusal::NotSignedIn)]));
}

#[tokio::test]
async fn thousands_of_rows_share_their_commits() {
    let world = World::new().await;
    let rows = (0..3_000).map(|nth| ImportRow { user: format!("A{}", nth % 500), ..answered(&nth.to_string()) });
    let (app, rows) = (world.app.clone(), rows.collect());
    let answers = tokio::spawn(async move { app.import(&Caller::system(), rows).await }).await.unwrap();
    assert!(answers.iter().all(|answer| matches!(answer, Ok(Imported::New(_)))));
    assert_eq!(world.count("sandan.request.filed").await, 3_000);
}

#[tokio::test]
async fn the_past_causes_no_notice_reminder_order_escalation_or_invitation() {
    let world = World::new().await;
    let receiver = Receiver::start().await;
    endpoint(&world, &receiver.url, NewEndpoint { feed: text("notices"), ..NewEndpoint::default() }).await;
    // One was answered late, one not yet; both have been overdue for years by their own dates.
    let late = row("1", Some((at("2020-03-01T10:00:00+08:00"), "At last".to_owned())));
    let answers = world.app.import(&Caller::system(), vec![late, row("2", None)]).await;
    let Ok(Imported::New(open)) = answers[1] else { panic!("a new request, not {answers:?}") };
    world.app.keep_due_promises().await.unwrap();
    let (job, _) = job(&world, None);
    job.send_due().await.unwrap();
    let caused = ["reminded", "overdue", "supervised", "escalated", "unclaimed"];
    let of_requests = caused.map(|kind| format!("sandan.request.{kind}"));
    for kind in of_requests.iter().map(String::as_str).chain(["sandan.review.opened", "sandan.review.invited"]) {
        assert_eq!(world.count(kind).await, 0, "{kind}");
    }
    assert!(receiver.calls().is_empty(), "{:?}", receiver.ids());
    // What is still open counts from the import: its promises lie ahead, and are told when they fall due.
    assert!(world.log.next_timer().await.unwrap().unwrap() > world.clock.now());
    world.clock.set(at("2026-03-05T00:00:00+08:00"));
    world.app.keep_due_promises().await.unwrap();
    job.send_due().await.unwrap();
    assert_eq!((world.count("sandan.request.overdue").await, world.state(open).await), (1, "filed"));
    let told: Vec<_> = receiver.calls().iter().map(|call| call.json()["data"]["notice"].clone()).collect();
    assert_eq!(told, ["supervised"]);
}
