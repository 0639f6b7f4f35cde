//! Subscribers over NATS while the servers come, go, stop and lie.

use std::sync::Arc;

use sandan_bus::Bus;
use sandan_bus::nats::encode;
use sandan_log::{Hash, Header, Log, MemoryLog, Record, digest, link};
use sandan_testkit::Nats;
use uuid::Uuid;

use crate::plant::{bus, connection, outsider, relay, stream_reaches};
use crate::subject::{listen, next, write};

fn memory() -> Arc<dyn Log> {
    Arc::new(MemoryLog::new())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subscriber_goes_on_from_the_log_while_the_server_is_away() {
    let (mut nats, log) = (Nats::stopped(), memory());
    let connection = connection(&nats).await;
    let _relay = relay(&log, &connection);
    let mut subscription = bus(&log, &connection).subscribe(0);
    write(&*log, 1, 10).await;
    listen(&mut subscription, 0, 10).await;
    nats.restart();
    stream_reaches(&nats, 10).await;
    write(&*log, 2, 10).await;
    listen(&mut subscription, 10, 20).await;
    nats.kill();
    write(&*log, 3, 700).await;
    listen(&mut subscription, 20, 720).await;
    nats.restart();
    write(&*log, 4, 10).await;
    listen(&mut subscription, 720, 730).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stands_still_holds_nobody_up() {
    let (nats, log) = (Nats::start(), memory());
    let connection = connection(&nats).await;
    let _relay = relay(&log, &connection);
    let mut subscription = bus(&log, &connection).subscribe(0);
    write(&*log, 1, 10).await;
    listen(&mut subscription, 0, 10).await;
    nats.pause();
    for command in 2..12 {
        write(&*log, command, 2).await;
        listen(
            &mut subscription,
            10 + 2 * (u64::try_from(command).unwrap() - 2),
            2 * u64::try_from(command).unwrap() + 8,
        )
        .await;
    }
    nats.resume();
    write(&*log, 20, 5).await;
    listen(&mut subscription, 30, 35).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_without_a_relay_of_its_own_hears_what_others_wrote() {
    let (nats, log) = (Nats::start(), memory());
    let (here, there) = (connection(&nats).await, connection(&nats).await);
    let _relay = relay(&log, &there);
    let mut subscription = bus(&log, &here).subscribe(0);
    for command in 1..200 {
        write(&*log, command, 1).await;
        let position = u64::try_from(command).unwrap();
        listen(&mut subscription, position - 1, position).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_is_not_in_the_log_is_never_delivered() {
    let (nats, log) = (Nats::start(), memory());
    let connection = connection(&nats).await;
    let mut subscription = bus(&log, &connection).subscribe(0);
    write(&*log, 1, 2).await;
    listen(&mut subscription, 0, 2).await;
    let known = log.read(1, 1).await.unwrap().remove(0);
    let forged = Record { position: 3, version: 9, hash: Hash([7; 32]), ..known.clone() };
    let other_history = Record { position: 3, generation: 2, ..known };
    let outsider = outsider(&nats).await;
    for record in [forged, other_history] {
        let message = encode(&record);
        outsider.client().publish_with_headers(message.subject, message.headers, message.body).await.unwrap();
    }
    outsider.client().publish("sandan.events.nothing", "{}".into()).await.unwrap();
    outsider.client().flush().await.unwrap();
    write(&*log, 2, 3).await;
    listen(&mut subscription, 2, 5).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_history_that_was_left_still_sends_is_not_delivered() {
    let (nats, log) = (Nats::start(), memory());
    let mut subscription = bus(&log, &connection(&nats).await).subscribe(0);
    write(&*log, 1, 2).await;
    listen(&mut subscription, 0, 2).await;
    let known = log.read(1, 1).await.unwrap().remove(0);
    let mut lost = Record { position: 3, version: 3, id: Uuid::from_u128(3), ..known.clone() };
    lost.hash = link(&known.hash, lost.position, lost.recorded, &digest(&Header::from(&lost), &lost.body));
    log.fork("the tail was lost").await.unwrap();
    let (outsider, message) = (outsider(&nats).await, encode(&lost));
    outsider.client().publish_with_headers(message.subject, message.headers, message.body).await.unwrap();
    outsider.client().flush().await.unwrap();
    write(&*log, 2, 3).await;
    let batch = next(&mut subscription).await;
    assert_eq!(*batch, log.read(2, batch.len()).await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn closing_the_bus_ends_every_subscription() {
    let (nats, log) = (Nats::start(), memory());
    let bus = bus(&log, &connection(&nats).await);
    let mut subscription = bus.subscribe(0);
    bus.close();
    assert!(subscription.next().await.is_none());
}
