//! The stream of all events: made when it is missing, checked when it is there.

use async_nats::jetstream::ErrorCode;
use async_nats::jetstream::context::{CreateStreamErrorKind, GetStreamErrorKind};
use async_nats::jetstream::stream::{Config, DiscardPolicy, RawMessageErrorKind, RetentionPolicy, StorageType, Stream};
use sandan_log::Record;

use super::message::{SUBJECTS, decode};
use super::options::STREAM;
use super::{Connection, NatsError};

/// What the stream says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamState {
    /// Sequence of the first message that is there; `last + 1` when there is none.
    pub first: u64,
    /// Sequence of the last message there was.
    pub last: u64,
    /// How many messages are not there between the first and the last.
    pub missing: u64,
    pub replicas: usize,
}

/// A message as it stands in the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    Event(Box<Record>),
    /// Somebody else's, with its subject and why it is none of ours.
    Foreign {
        subject: String,
        reason: String,
    },
    Missing,
}

/// The stream, made if it is missing.
pub async fn open(connection: &Connection) -> Result<Stream, NatsError> {
    match find(connection).await? {
        Some(stream) => Ok(stream),
        None => create(connection).await,
    }
}

/// The stream, if it is there and could hold every event once.
pub async fn find(connection: &Connection) -> Result<Option<Stream>, NatsError> {
    let stream = match connection.jetstream.get_stream(STREAM).await {
        Ok(stream) => stream,
        Err(error) => {
            return match error.kind() {
                GetStreamErrorKind::JetStream(error) if error.error_code() == ErrorCode::STREAM_NOT_FOUND => Ok(None),
                _ => Err(NatsError::failed(error)),
            };
        }
    };
    match difference(&stream.cached_info().config) {
        None => Ok(Some(stream)),
        Some(what) => Err(NatsError::StreamDiffers { stream: STREAM.to_owned(), what }),
    }
}

/// Throws the stream away with everything in it and makes it anew. Consumers of others are gone with it.
pub async fn recreate(connection: &Connection) -> Result<Stream, NatsError> {
    connection.jetstream.delete_stream(STREAM).await.map_err(NatsError::failed)?;
    create(connection).await
}

/// How far the stream goes.
pub async fn state(stream: &Stream) -> Result<StreamState, NatsError> {
    let info = stream.get_info().await.map_err(NatsError::failed)?;
    let (first, last) = (info.state.first_sequence.max(1), info.state.last_sequence);
    let missing = (last + 1).saturating_sub(first).saturating_sub(info.state.messages);
    Ok(StreamState { first, last, missing, replicas: info.config.num_replicas })
}

/// The message with this sequence.
pub async fn stored(stream: &Stream, sequence: u64) -> Result<Stored, NatsError> {
    match stream.get_raw_message(sequence).await {
        Ok(message) => Ok(match decode(Some(&message.headers), &message.payload) {
            Ok(record) => Stored::Event(Box::new(record)),
            Err(error) => Stored::Foreign { subject: message.subject.to_string(), reason: error.to_string() },
        }),
        Err(error) => match error.kind() {
            RawMessageErrorKind::NoMessageFound => Ok(Stored::Missing),
            RawMessageErrorKind::JetStream(refused) if refused.error_code() == ErrorCode::NO_MESSAGE_FOUND => {
                Ok(Stored::Missing)
            }
            _ => Err(NatsError::failed(error)),
        },
    }
}

async fn create(connection: &Connection) -> Result<Stream, NatsError> {
    let replicas = connection.replicas();
    connection.jetstream.create_stream(config(replicas)).await.map_err(|error| match error.kind() {
        CreateStreamErrorKind::JetStream(_) | CreateStreamErrorKind::JetStreamUnavailable => {
            NatsError::StreamRefused { stream: STREAM.to_owned(), reason: error.to_string() }
        }
        _ => NatsError::failed(error),
    })
}

/// No limits: what leaves the stream is what an operator takes out. Single messages can't be deleted, since that
/// would leave a hole.
fn config(replicas: usize) -> Config {
    Config {
        name: STREAM.to_owned(),
        description: Some("Every event of sandan; sequence = position".to_owned()),
        subjects: vec![SUBJECTS.to_owned()],
        retention: RetentionPolicy::Limits,
        storage: StorageType::File,
        discard: DiscardPolicy::New,
        num_replicas: replicas,
        max_messages: -1,
        max_bytes: -1,
        max_messages_per_subject: -1,
        max_consumers: -1,
        max_message_size: -1,
        deny_delete: true,
        allow_direct: true,
        ..Config::default()
    }
}

/// In which setting a stream would drop, change or mix events; how long and how often they are kept is free.
fn difference(found: &Config) -> Option<String> {
    if found.subjects != [SUBJECTS] {
        return Some(format!("its subjects are {:?}, not {SUBJECTS:?}", found.subjects));
    }
    if found.retention != RetentionPolicy::Limits {
        return Some("its retention is not by limits, so that consumers take messages out of it".to_owned());
    }
    if found.mirror.is_some() || found.sources.as_ref().is_some_and(|sources| !sources.is_empty()) {
        return Some("it copies another stream".to_owned());
    }
    if found.sealed || found.no_ack {
        return Some("it is sealed, or does not acknowledge".to_owned());
    }
    let limits = [
        (found.max_messages, "messages"),
        (found.max_bytes, "bytes"),
        (found.max_messages_per_subject, "messages a subject"),
        (found.max_message_size.into(), "bytes a message"),
    ];
    let limit = limits.into_iter().find(|(limit, _)| *limit > 0);
    limit.map(|(limit, what)| format!("it keeps at most {limit} {what}"))
}
