//! The relay with real servers: whatever happens to them, the stream ends up equal to the log.

use std::sync::Arc;

use sandan_bus::nats::{Connection, NatsError, NatsOptions, STREAM, status};
use sandan_log::{Log, MemoryLog};
use sandan_testkit::{Nats, OldServer};

use crate::plant::{connection, outsider, relay, stream_equals, stream_reaches};
use crate::subject::write;

fn memory() -> Arc<dyn Log> {
    Arc::new(MemoryLog::new())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_streams_sequence_is_the_position_and_its_bytes_are_the_logs() {
    let (nats, log) = (Nats::start(), memory());
    write(&*log, 1, 1_500).await;
    let connection = connection(&nats).await;
    let _relay = relay(&log, &connection);
    stream_reaches(&nats, 1_500).await;
    write(&*log, 2, 500).await;
    stream_equals(&nats, &*log).await;
    let status = status(&connection).await.unwrap();
    assert_eq!((status.stream, status.last, status.replicas), (STREAM, Some(2_000), 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_relays_at_once_double_and_lose_nothing() {
    let (nats, log) = (Nats::start(), memory());
    let connections = [connection(&nats).await, connection(&nats).await];
    let _relays = connections.each_ref().map(|connection| relay(&log, connection));
    for command in 0..40 {
        write(&*log, command, 20).await;
    }
    stream_equals(&nats, &*log).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_in_the_middle_gets_the_rest_when_it_is_back() {
    let (mut nats, log) = (Nats::start(), memory());
    let connection = connection(&nats).await;
    let _relay = relay(&log, &connection);
    write(&*log, 1, 300).await;
    stream_reaches(&nats, 300).await;
    for command in [2, 3] {
        write(&*log, command, 2_000).await;
        nats.kill();
        write(&*log, 10 * command, 1).await;
        nats.restart();
    }
    stream_equals(&nats, &*log).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_comes_up_late_gets_everything() {
    let (mut nats, log) = (Nats::stopped(), memory());
    let connection = connection(&nats).await;
    let _relay = relay(&log, &connection);
    write(&*log, 1, 100).await;
    assert!(!connection.is_connected());
    nats.restart();
    stream_equals(&nats, &*log).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_that_was_deleted_is_filled_again_with_the_same_sequences() {
    let (nats, log) = (Nats::start(), memory());
    let connection = connection(&nats).await;
    let _relay = relay(&log, &connection);
    write(&*log, 1, 200).await;
    stream_reaches(&nats, 200).await;
    outsider(&nats).await.delete_stream(STREAM).await.unwrap();
    stream_equals(&nats, &*log).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_store_set_back_to_an_older_copy_gets_its_tail_again() {
    let (mut nats, log) = (Nats::start(), memory());
    let connection = connection(&nats).await;
    let _relay = relay(&log, &connection);
    write(&*log, 1, 150).await;
    stream_reaches(&nats, 150).await;
    nats.kill();
    let older = nats.copy_store();
    nats.restart();
    write(&*log, 2, 350).await;
    stream_reaches(&nats, 500).await;
    nats.kill();
    nats.roll_back(&older);
    nats.restart();
    stream_equals(&nats, &*log).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreign_message_in_the_stream_is_thrown_out() {
    let (nats, log) = (Nats::start(), memory());
    let connection = connection(&nats).await;
    let _relay = relay(&log, &connection);
    write(&*log, 1, 50).await;
    stream_reaches(&nats, 50).await;
    let outsider = outsider(&nats).await;
    let foreign = outsider.publish("sandan.events.a.request.b.forged", "{}".into()).await.unwrap();
    assert_eq!(foreign.await.unwrap().sequence, 51);
    write(&*log, 2, 50).await;
    stream_equals(&nats, &*log).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreign_message_that_ours_followed_before_the_relay_began_is_thrown_out() {
    let (nats, log) = (Nats::start(), memory());
    let connection = connection(&nats).await;
    let first = relay(&log, &connection);
    write(&*log, 1, 60).await;
    stream_equals(&nats, &*log).await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    // The same stream, but for one message: a stranger's, between ours, as nobody looked.
    let outsider = outsider(&nats).await;
    let whole = outsider.get_stream(STREAM).await.unwrap();
    let config = whole.cached_info().config.clone();
    let mut messages = Vec::new();
    for sequence in 1..=60 {
        messages.push(whole.get_raw_message(sequence).await.unwrap());
    }
    outsider.delete_stream(STREAM).await.unwrap();
    outsider.create_stream(config).await.unwrap();
    for message in messages {
        let sent = match message.sequence {
            30 => outsider.publish("sandan.events.a.request.b.forged", "{}".into()).await,
            _ => outsider.publish_with_headers(message.subject, message.headers, message.payload).await,
        };
        sent.unwrap().await.unwrap();
    }
    let _second = relay(&log, &connection);
    stream_equals(&nats, &*log).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_of_another_history_is_made_anew() {
    let (nats, abandoned, log) = (Nats::start(), memory(), memory());
    let connection = connection(&nats).await;
    let first = relay(&abandoned, &connection);
    for log in [&abandoned, &log] {
        write(&**log, 1, 30).await;
    }
    write(&*abandoned, 2, 40).await;
    stream_equals(&nats, &*abandoned).await;
    first.abort();
    write(&*log, 3, 5).await;
    let _second = relay(&log, &connection);
    stream_equals(&nats, &*log).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_taken_out_of_the_middle_come_back() {
    let (nats, log) = (Nats::start(), memory());
    let connection = connection(&nats).await;
    let _relay = relay(&log, &connection);
    for command in 1..4 {
        write(&*log, command, 30).await;
    }
    stream_reaches(&nats, 90).await;
    let middle = log.read(30, 1).await.unwrap().remove(0);
    let stream = outsider(&nats).await.get_stream(STREAM).await.unwrap();
    let taken = stream.purge().filter(format!("sandan.events.*.*.{}.*", middle.stream.id)).await.unwrap();
    assert_eq!(taken.purged, 30);
    stream_equals(&nats, &*log).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_emptied_stream_that_is_ahead_of_the_log_is_made_anew() {
    let (nats, abandoned, log) = (Nats::start(), memory(), memory());
    let connection = connection(&nats).await;
    let first = relay(&abandoned, &connection);
    write(&*abandoned, 1, 40).await;
    stream_reaches(&nats, 40).await;
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    outsider(&nats).await.get_stream(STREAM).await.unwrap().purge().await.unwrap();
    write(&*log, 1, 10).await;
    let _second = relay(&log, &connection);
    stream_equals(&nats, &*log).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_servers_keep_three_copies_and_one_may_be_killed() {
    let (mut servers, log) = (Nats::cluster(), memory());
    let urls = servers.each_ref().map(Nats::url).join(",");
    let connection = Connection::open(NatsOptions::parse(&urls).unwrap()).await.unwrap();
    let _relay = relay(&log, &connection);
    write(&*log, 1, 200).await;
    stream_reaches(&servers[1], 200).await;
    assert_eq!(status(&connection).await.unwrap().replicas, 3);
    for killed in 0..2 {
        servers[killed].kill();
        write(&*log, 2 + u128::try_from(killed).unwrap(), 100).await;
        stream_reaches(&servers[2], 300 + 100 * u64::try_from(killed).unwrap()).await;
        servers[killed].restart();
    }
    stream_equals(&servers[2], &*log).await;
}

#[tokio::test]
async fn what_is_wrong_with_a_server_is_said() {
    let (guarded, plain, stopped) = (Nats::start_for("me", "secret"), Nats::start_plain(), Nats::stopped());
    let probe = |url: String| async move { Connection::probe(NatsOptions::parse(&url).unwrap()).await.err() };
    let with = |user: &str| guarded.url().replace("//", &format!("//{user}@"));
    assert!(matches!(probe(guarded.url()).await, Some(NatsError::Refused { .. })));
    assert!(matches!(probe(with("me:wrong")).await, Some(NatsError::Refused { .. })));
    assert_eq!(probe(with("me:secret")).await, None);
    assert!(matches!(probe(plain.url()).await, Some(NatsError::NoJetStream { .. })));
    assert!(matches!(probe(stopped.url()).await, Some(NatsError::Unreachable { .. })));
    let old = OldServer::nats("2.9.25");
    let error = probe(format!("nats://127.0.0.1:{}", old.port())).await;
    assert_eq!(error, Some(NatsError::TooOld { found: "2.9.25".to_owned(), wanted: "2.10" }));
}

#[tokio::test]
async fn a_stream_under_other_settings_is_refused_by_name() {
    let nats = Nats::start();
    let config = async_nats::jetstream::stream::Config {
        name: STREAM.to_owned(),
        subjects: vec!["sandan.events.>".to_owned()],
        max_messages: 10,
        ..Default::default()
    };
    outsider(&nats).await.create_stream(config).await.unwrap();
    let connection = Connection::probe(NatsOptions::parse(&nats.url()).unwrap()).await.unwrap();
    let error = status(&connection).await.unwrap_err();
    assert!(matches!(&error, NatsError::StreamDiffers { what, .. } if what.contains("10 messages")), "{error}");
}
