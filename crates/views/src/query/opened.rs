//! Bodies of events as JSON with their texts opened.
//!
//! An event with readable texts refuses to be written out, so that nothing leaks by mistake. Here the stored
//! body is taken, and each sealed text in it replaced by its words, or by `null` where its person was forgotten.

use std::collections::HashMap;

use sandan_domain::{Event, Personal, Private, request};
use sandan_log::{Log, LogError, Record, StreamName};
use sandan_vault::Vault;
use serde_json::Value;
use uuid::Uuid;

use super::{Answer, Moment};
use crate::ViewsError;
use crate::answer::TimelineStream;

/// The records of these moments, in order.
pub(crate) async fn bodies(log: &dyn Log, id: Uuid, moments: &[Moment]) -> Result<Vec<Record>, LogError> {
    let mut records = Vec::with_capacity(moments.len());
    for (stream, kind) in [(TimelineStream::Request, "request"), (TimelineStream::Review, "review")] {
        records.extend(of_stream(log, StreamName::new(kind, id), versions(moments, stream)).await?);
    }
    for moment in moments.iter().filter(|moment| moment.stream == TimelineStream::Unit) {
        records.extend(log.read(moment.position - 1, 1).await?);
    }
    records.sort_unstable_by_key(|record| record.position);
    records.retain(|record| moments.binary_search_by_key(&record.position, |moment| moment.position).is_ok());
    Ok(records)
}

/// First and last version of a stream that is wanted.
fn versions(moments: &[Moment], stream: TimelineStream) -> Option<(u64, u64)> {
    let mut of_stream = moments.iter().filter(|moment| moment.stream == stream).map(|moment| moment.version);
    let first = of_stream.next()?;
    Some((first, of_stream.next_back().unwrap_or(first)))
}

async fn of_stream(log: &dyn Log, stream: StreamName, span: Option<(u64, u64)>) -> Result<Vec<Record>, LogError> {
    let Some((first, last)) = span else { return Ok(Vec::new()) };
    let count = usize::try_from(last + 1 - first).unwrap_or(usize::MAX);
    log.read_stream(&stream, first - 1, count).await
}

/// What each record says: the words that say most, and the whole body.
pub(crate) async fn opened_values(vault: &Vault, records: &[Record]) -> Answer<Vec<(Option<String>, Value)>> {
    let mut events = Vec::with_capacity(records.len());
    for record in records {
        let event = Event::decode(&record.kind, record.schema, &record.body);
        events.push(event.map_err(|error| poisoned(record, &error))?);
    }
    let sealed: Vec<Vec<String>> = events.iter_mut().map(sealed_texts).collect();
    vault.open(&mut events).await.map_err(|error| ViewsError::Vault(error.to_string()))?;
    let mut values = Vec::with_capacity(records.len());
    for ((record, event), sealed) in records.iter().zip(&mut events).zip(sealed) {
        let mut body = serde_json::from_slice(&record.body).map_err(|error| poisoned(record, &error))?;
        let texts: HashMap<String, Value> = sealed.into_iter().zip(clear_texts(event)).collect();
        replace(&mut body, &texts);
        values.push((main_text(event), body));
    }
    Ok(values)
}

fn poisoned(record: &Record, error: &dyn std::error::Error) -> ViewsError {
    ViewsError::Poisoned { position: record.position, reason: error.to_string() }
}

fn sealed_texts(event: &mut Event) -> Vec<String> {
    let mut texts = Vec::new();
    event.each_private(&mut |text| {
        if let Private::Sealed(sealed) = text {
            texts.push(sealed.clone());
        }
    });
    texts
}

fn clear_texts(event: &mut Event) -> Vec<Value> {
    let mut texts = Vec::new();
    event.each_private(&mut |text| texts.push(text.text().map_or(Value::Null, Value::from)));
    texts
}

fn replace(value: &mut Value, texts: &HashMap<String, Value>) {
    match value {
        Value::String(text) => {
            if let Some(clear) = texts.get(text) {
                *value = clear.clone();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, texts)),
        Value::Object(fields) => fields.values_mut().for_each(|field| replace(field, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A description, an answer, a reason or a note: the first text that is not somebody's name.
fn main_text(event: &mut Event) -> Option<String> {
    match event {
        Event::Request(request::Event::Filed(filed)) => filed.description.text().map(str::to_owned),
        Event::Request(request::Event::CoSigned(_)) => None,
        event => {
            let mut first = None;
            event.each_private(&mut |text| {
                if first.is_none() {
                    first = text.text().map(str::to_owned);
                }
            });
            first
        }
    }
}
