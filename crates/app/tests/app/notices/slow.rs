//! A mail server that takes the call and never says a word.

use std::time::Duration;

use sandan_app::notices::{NewEndpoint, Notices, Settings, Smtp};
use sandan_app::{Caller, Clock, FileRequest, ManualClock};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::receiver::Receiver;
use super::{administrator, endpoint, later};
use crate::world::{World, a_request, at, text};

/// Connections are kept open and unanswered.
async fn mute_server() -> Smtp {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let mut held = Vec::new();
        while let Ok((stream, _)) = listener.accept().await {
            held.push(stream);
        }
    });
    Smtp { url, from: "sandan@elm.example".to_owned() }
}

fn job(world: &World, smtp: Smtp, answer_within: Duration) -> (Notices, ManualClock) {
    let (clock, hand) = Clock::manual(at(crate::world::MONDAY));
    let settings = Settings { smtp: Some(smtp), clock, answer_within, ..Settings::new("http://here") };
    (Notices::new(world.app.clone(), settings).unwrap(), hand)
}

async fn files_with_mail(world: &World) {
    let request = FileRequest { email: text("wang@home.example"), ..a_request() };
    world.app.file(&Caller::resident(), request).await.unwrap();
}

#[tokio::test]
async fn a_mail_server_that_never_answers_is_waited_for_within_bounds_and_tried_again() {
    let world = World::new().await;
    let (job, hand) = job(&world, mute_server().await, Duration::from_millis(100));
    job.send_due().await.unwrap();
    files_with_mail(&world).await;
    for attempts in [1, 2] {
        let next = job.send_due().await.unwrap();
        let standing = world.app.notices(&administrator()).await.unwrap();
        let [letter] = &standing.waiting[..] else { panic!("one letter waits: {standing:?}") };
        assert_eq!((letter.attempts, letter.next_at), (attempts, next));
        assert!(letter.last_error.is_some() && standing.dead.is_empty());
        later(&hand);
    }
}

#[tokio::test]
async fn while_it_is_waited_for_others_are_told() {
    let world = World::new().await;
    let receiver = Receiver::start().await;
    endpoint(&world, &receiver.url, NewEndpoint::default()).await;
    // Longer than the test may take.
    let (job, _) = job(&world, mute_server().await, Duration::from_secs(3_600));
    let (stop, stopped) = oneshot::channel::<()>();
    let running = tokio::spawn(async move { job.run(async { drop(stopped.await) }).await });
    for nth in 1..=3 {
        files_with_mail(&world).await;
        receiver.has(nth).await;
    }
    stop.send(()).unwrap();
    running.await.unwrap();
}
