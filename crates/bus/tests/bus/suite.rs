//! Delivery: all of it, in order, to everybody, from anywhere.

use std::sync::Arc;

use futures::{FutureExt, StreamExt};

use crate::subject::{Subject, listen, next};

#[tokio::test]
async fn a_subscriber_gets_what_was_and_what_comes() {
    let subject = Subject::new();
    subject.write(1, 3).await;
    let mut subscription = subject.bus.subscribe(0);
    listen(&mut subscription, 0, 3).await;
    subject.write(2, 2).await;
    listen(&mut subscription, 3, 5).await;
}

#[tokio::test]
async fn a_record_arrives_as_it_stands_in_the_log() {
    let subject = Subject::new();
    subject.write(1, 3).await;
    let batch = next(&mut subject.bus.subscribe(1)).await;
    assert_eq!(*batch, subject.log.read(1, 10).await.unwrap());
}

#[tokio::test]
async fn an_empty_log_keeps_its_subscribers_waiting() {
    let subject = Subject::new();
    let mut subscription = subject.bus.subscribe(0);
    assert!(subscription.next().now_or_never().is_none());
    subject.write(1, 1).await;
    listen(&mut subscription, 0, 1).await;
}

#[tokio::test]
async fn a_subscriber_goes_on_where_it_stopped() {
    let subject = Subject::new();
    subject.write(1, 4).await;
    for after in 0..4 {
        listen(&mut subject.bus.subscribe(after), after, 4).await;
    }
}

#[tokio::test]
async fn who_subscribes_from_before_gets_it_again() {
    let subject = Subject::new();
    subject.write(1, 4).await;
    for _ in 0..2 {
        listen(&mut subject.bus.subscribe(2), 2, 4).await;
    }
}

#[tokio::test]
async fn who_is_ahead_of_the_log_gets_only_what_is_beyond() {
    let subject = Subject::new();
    subject.write(1, 2).await;
    let mut subscription = subject.bus.subscribe(5);
    assert!(subscription.next().now_or_never().is_none());
    subject.write(2, 2).await;
    assert!(subscription.next().now_or_never().is_none());
    subject.write(3, 3).await;
    listen(&mut subscription, 5, 7).await;
}

#[tokio::test]
async fn giving_up_waiting_loses_nothing() {
    let subject = Subject::new();
    let mut subscription = subject.bus.subscribe(0);
    for command in 1..20 {
        assert!(subscription.next().now_or_never().is_none());
        subject.write(command.into(), 1).await;
        listen(&mut subscription, command - 1, command).await;
    }
}

#[tokio::test]
async fn a_subscription_is_a_stream_too() {
    let subject = Subject::new();
    subject.write(1, 3).await;
    let batches: Vec<_> = StreamExt::take(subject.bus.subscribe(0), 1).collect().await;
    assert_eq!(batches.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nobody_misses_the_last_record_while_many_write() {
    const ROUNDS: u64 = 40;
    const WRITERS: u64 = 8;
    let subject = Arc::new(Subject::new());
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

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_subscribers_get_the_same() {
    let subject = Subject::new();
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
