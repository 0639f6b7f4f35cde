//! Delivery: all of it, in order, to everybody, from anywhere; inside the process and over a NATS server.

use std::sync::Arc;

use futures::{FutureExt, StreamExt};

use crate::subject::{Subject, listen, next};

/// Every test, on every bus.
macro_rules! on_every_bus {
    ($($name:ident)*) => {
        mod local {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                super::$name(crate::subject::Subject::new()).await;
            })*
        }

        mod nats {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $name() {
                super::$name(crate::subject::Subject::over_nats().await).await;
            })*
        }
    };
}

on_every_bus! {
    a_subscriber_gets_what_was_and_what_comes
    a_record_arrives_as_it_stands_in_the_log
    an_empty_log_keeps_its_subscribers_waiting
    a_subscriber_goes_on_where_it_stopped
    who_subscribes_from_before_gets_it_again
    who_is_ahead_of_the_log_gets_only_what_is_beyond
    giving_up_waiting_loses_nothing
    a_subscription_is_a_stream_too
    nobody_misses_the_last_record_while_many_write
    a_hundred_subscribers_get_the_same
}

async fn a_subscriber_gets_what_was_and_what_comes(subject: Subject) {
    subject.write(1, 3).await;
    let mut subscription = subject.bus.subscribe(0);
    listen(&mut subscription, 0, 3).await;
    subject.write(2, 2).await;
    listen(&mut subscription, 3, 5).await;
}

async fn a_record_arrives_as_it_stands_in_the_log(subject: Subject) {
    subject.write(1, 3).await;
    let batch = next(&mut subject.bus.subscribe(1)).await;
    assert_eq!(*batch, subject.log.read(1, 10).await.unwrap());
}

async fn an_empty_log_keeps_its_subscribers_waiting(subject: Subject) {
    let mut subscription = subject.bus.subscribe(0);
    assert!(subscription.next().now_or_never().is_none());
    subject.write(1, 1).await;
    listen(&mut subscription, 0, 1).await;
}

async fn a_subscriber_goes_on_where_it_stopped(subject: Subject) {
    subject.write(1, 4).await;
    for after in 0..4 {
        listen(&mut subject.bus.subscribe(after), after, 4).await;
    }
}

async fn who_subscribes_from_before_gets_it_again(subject: Subject) {
    subject.write(1, 4).await;
    for _ in 0..2 {
        listen(&mut subject.bus.subscribe(2), 2, 4).await;
    }
}

async fn who_is_ahead_of_the_log_gets_only_what_is_beyond(subject: Subject) {
    subject.write(1, 2).await;
    let mut subscription = subject.bus.subscribe(5);
    assert!(subscription.next().now_or_never().is_none());
    subject.write(2, 2).await;
    assert!(subscription.next().now_or_never().is_none());
    subject.write(3, 3).await;
    listen(&mut subscription, 5, 7).await;
}

async fn giving_up_waiting_loses_nothing(subject: Subject) {
    let mut subscription = subject.bus.subscribe(0);
    for command in 1..20 {
        assert!(subscription.next().now_or_never().is_none());
        subject.write(command.into(), 1).await;
        listen(&mut subscription, command - 1, command).await;
    }
}

async fn a_subscription_is_a_stream_too(subject: Subject) {
    subject.write(1, 3).await;
    let batches: Vec<_> = StreamExt::take(subject.bus.subscribe(0), 1).collect().await;
    assert_eq!(batches.len(), 1);
}

async fn nobody_misses_the_last_record_while_many_write(subject: Subject) {
    const ROUNDS: u64 = 40;
    const WRITERS: u64 = 8;
    let subject = Arc::new(subject);
    for round in 0..ROUNDS {
        let (first, last) = (round * WRITERS * 2, (round + 1) * WRITERS * 2);
        let listeners: Vec<_> = [0, first / 2, first]
            .map(|after| {
                let mut subscription = subject.bus.subscribe(after);
                tokio::spawn(async move { listen(&mut subscription, after, last).await })
            })
            .into();
        let writers = (0..WRITERS).map(|writer| {
            let subject = subject.clone();
            tokio::spawn(async move { subject.write((round * WRITERS + writer).into(), 2).await })
        });
        let writers: Vec<_> = writers.collect();
        for task in writers.into_iter().chain(listeners) {
            task.await.unwrap();
        }
    }
}

async fn a_hundred_subscribers_get_the_same(subject: Subject) {
    let listeners = (0..100).map(|after| {
        let mut subscription = subject.bus.subscribe(after);
        tokio::spawn(async move { listen(&mut subscription, after, 200).await })
    });
    let listeners: Vec<_> = listeners.collect();
    for command in 0..200 {
        subject.write(command, 1).await;
    }
    for listener in listeners {
        listener.await.unwrap();
    }
}
