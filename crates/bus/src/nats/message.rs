//! A record as a message, and back: CloudEvents 1.0 in binary mode. The body goes as it is; everything else is a header.
//!
//! Headers of CloudEvents begin with `ce-`. Beside the contract's attributes there are three that a node needs to
//! have the record whole: `ce-command`, `ce-hash` and `ce-schema`. Values outside printable ASCII are
//! percent-encoded, as the specification of CloudEvents asks for.

use std::fmt::Write;
use std::str::FromStr;

use async_nats::{HeaderMap, HeaderName, HeaderValue};
use bytes::Bytes;
use sandan_log::{Record, StreamName};

use super::options::SOURCE;

/// All subjects of events.
pub const SUBJECTS: &str = "sandan.events.>";
/// Of a community without a name.
const NO_COMMUNITY: &str = "_";

/// A message of an event.
#[derive(Clone, Debug)]
pub struct EventMessage {
    pub subject: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

/// A message that no relay of ours can have sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the message is not an event of sandan: {0}")]
pub struct NotAnEvent(String);

/// The record as a message.
pub fn encode(record: &Record) -> EventMessage {
    let mut headers = HeaderMap::new();
    let mut set = |name: &'static str, value: &str| {
        headers.insert(HeaderName::from_static(name), HeaderValue::from(escaped(value).as_str()));
    };
    set("ce-specversion", "1.0");
    set("ce-id", &record.id.to_string());
    set("ce-source", SOURCE);
    set("ce-type", &record.kind);
    set("ce-subject", &record.stream.to_string());
    set("ce-time", &record.occurred.to_string());
    set("ce-datacontenttype", "application/json");
    set("ce-dataschema", &format!("urn:{}:{}", record.kind.replace('.', ":"), record.schema));
    set("ce-position", &record.position.to_string());
    set("ce-version", &record.version.to_string());
    set("ce-generation", &record.generation.to_string());
    set("ce-recordedtime", &record.recorded.to_string());
    set("ce-correlationid", &record.correlation.to_string());
    if let Some(causation) = record.causation {
        set("ce-causationid", &causation.to_string());
    }
    set("ce-actor", &record.actor);
    set("ce-community", &record.community);
    set("ce-command", &record.command.to_string());
    set("ce-hash", &record.hash.to_string());
    set("ce-schema", &record.schema.to_string());
    set("Nats-Msg-Id", &record.id.to_string());
    EventMessage { subject: subject(record), headers, body: record.body.clone() }
}

/// The record that the message was made of.
pub fn decode(headers: Option<&HeaderMap>, body: &Bytes) -> Result<Record, NotAnEvent> {
    let headers = Headers(headers.ok_or_else(|| NotAnEvent("it has no headers".to_owned()))?);
    let subject = headers.text("ce-subject")?;
    let (kind, id) = subject.split_once('/').ok_or_else(|| NotAnEvent(format!("its subject is {subject:?}")))?;
    let id = id.parse().map_err(|_| NotAnEvent(format!("its subject is {subject:?}")))?;
    Ok(Record {
        position: headers.parsed("ce-position")?,
        generation: headers.parsed("ce-generation")?,
        stream: StreamName::new(kind.to_owned(), id),
        version: headers.parsed("ce-version")?,
        id: headers.parsed("ce-id")?,
        kind: headers.text("ce-type")?,
        schema: headers.parsed("ce-schema")?,
        community: headers.text("ce-community")?,
        occurred: headers.parsed("ce-time")?,
        recorded: headers.parsed("ce-recordedtime")?,
        command: headers.parsed("ce-command")?,
        correlation: headers.parsed("ce-correlationid")?,
        causation: headers.has("ce-causationid").then(|| headers.parsed("ce-causationid")).transpose()?,
        actor: headers.text("ce-actor")?,
        body: body.clone(),
        hash: headers.parsed("ce-hash")?,
    })
}

/// `sandan.events.<community>.<stream type>.<stream id>.<event>`.
fn subject(record: &Record) -> String {
    let community = if record.community.is_empty() { NO_COMMUNITY } else { &record.community };
    let event = record.kind.rsplit('.').next().unwrap_or(&record.kind);
    format!("sandan.events.{}.{}.{}.{}", token(community), token(&record.stream.kind), record.stream.id, token(event))
}

/// What a subject gives a meaning to becomes `-`. Slugs and names of events hold none of it.
fn token(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '.' | '*' | '>');
    text.chars().map(|c| if is_plain(c) { c } else { '-' }).collect()
}

struct Headers<'a>(&'a HeaderMap);

impl Headers<'_> {
    fn has(&self, name: &'static str) -> bool {
        self.0.get(HeaderName::from_static(name)).is_some()
    }

    fn text(&self, name: &'static str) -> Result<String, NotAnEvent> {
        let value = self.0.get(HeaderName::from_static(name));
        let value = value.ok_or_else(|| NotAnEvent(format!("it has no header {name}")))?;
        unescaped(value.as_str()).ok_or_else(|| NotAnEvent(format!("its header {name} can't be read")))
    }

    fn parsed<T: FromStr>(&self, name: &'static str) -> Result<T, NotAnEvent> {
        self.text(name)?.parse().map_err(|_| NotAnEvent(format!("its header {name} can't be read")))
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'"' | b'%' | 0..=0x20 | 0x7f.. => _ = write!(escaped, "%{byte:02X}"),
            plain => escaped.push(char::from(plain)),
        }
    }
    escaped
}

fn unescaped(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let decoded = match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            plain => plain,
        };
        bytes.push(decoded);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use proptest::prelude::*;
    use sandan_log::Hash;
    use uuid::Uuid;

    use super::*;

    fn record() -> impl Strategy<Value = Record> {
        let texts = (any::<String>(), any::<String>(), "[a-z]{1,8}", "sandan\\.[a-z]{1,8}\\.[a-z_]{1,12}");
        let ids = any::<[u128; 5]>();
        let numbers = (1..u64::MAX, 1..u64::MAX, 1..u32::MAX, any::<u16>(), any::<[u8; 32]>());
        let rest = (proptest::collection::vec(any::<u8>(), 0..200), any::<bool>(), 0..4_000_000_000_000_000_i64);
        (texts, ids, numbers, rest).prop_map(|(texts, ids, numbers, (body, is_caused, micros))| {
            let [stream, id, command, correlation, causation] = ids.map(Uuid::from_u128);
            let at = Timestamp::from_microsecond(micros).unwrap();
            Record {
                position: numbers.0,
                generation: numbers.2,
                stream: StreamName::new(texts.2, stream),
                version: numbers.1,
                id,
                kind: texts.3,
                schema: numbers.3,
                community: texts.0,
                occurred: at,
                recorded: at,
                command,
                correlation,
                causation: is_caused.then_some(causation),
                actor: texts.1,
                body: body.into(),
                hash: Hash(numbers.4),
            }
        })
    }

    proptest! {
        #[test]
        fn a_record_comes_back_as_it_went(record in record()) {
            let message = encode(&record);
            let plain = message.subject.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'*' && byte != b'>');
            prop_assert!(plain, "{}", message.subject);
            prop_assert_eq!(message.subject.split('.').count(), 6);
            prop_assert_eq!(decode(Some(&message.headers), &message.body), Ok(record));
        }
    }

    #[test]
    fn what_is_no_event_says_what_is_missing() {
        let mut headers = HeaderMap::new();
        assert!(decode(None, &Bytes::new()).is_err());
        headers.insert("ce-subject", "request/1");
        let error = decode(Some(&headers), &Bytes::new()).unwrap_err();
        assert!(error.to_string().contains("request/1"), "{error}");
    }
}
