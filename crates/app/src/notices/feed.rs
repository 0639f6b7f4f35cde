//! Telling an endpoint: events or notices, in the log's order, each until it is taken.

use std::collections::HashMap;

use sandan_domain::ids::derive;
use sandan_domain::{CommunityId, Event, Personal, Private};
use sandan_log::{Position, Record};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::App;
use crate::caller::{Caller, Scope};
use crate::notices::cursor::Cursor;
use crate::notices::endpoint::{Endpoint, Feed};
use crate::notices::failure::Failure;
use crate::notices::hook::Message;
use crate::notices::job::{Notices, Turn};
use crate::notices::letter::Contact;
use crate::notices::outbox::{Entry, Way};
use crate::notices::rows::{self, DEAD, ENDPOINTS, put};
use crate::notices::story::notice_id;
use crate::notices::told::Audience;
use crate::refusal::Refusal;

/// Records of one turn.
const BATCH: usize = 200;
/// Records after which the cursor is written, though none was for this endpoint.
const SAVE_EVERY: Position = 1_000;

impl Notices {
    /// One turn of an endpoint.
    pub(super) async fn tell(&self, id: Uuid) -> Result<Turn, Refusal> {
        let log = &**self.app.log();
        let endpoint: Option<Endpoint> = rows::get(log, ENDPOINTS, id.as_bytes()).await?;
        let Some(endpoint) = endpoint.filter(|endpoint| endpoint.disabled.is_none()) else {
            return Ok(Turn::Until(None));
        };
        let Some(mut cursor) = Cursor::load(log, id).await? else { return Ok(Turn::Until(None)) };
        if cursor.next_at.is_some_and(|at| at > self.now()) {
            return Ok(Turn::Until(cursor.next_at));
        }
        let secrets = self.app.secrets_of(&endpoint);
        let mut at = self.seen(id, cursor.revision, cursor.position);
        let records = log.read(at, BATCH).await?;
        for record in &records {
            let messages = self.messages(&endpoint, record).await?;
            let count = messages.len();
            let done = if record.position == cursor.position + 1 { cursor.nth } else { 0 };
            for (nth, message) in messages.into_iter().enumerate().skip(done) {
                let ended = self.inner.hooks.post(&endpoint.url, &secrets, &message).await;
                let after = if nth + 1 == count { (record.position, 0) } else { (record.position - 1, nth + 1) };
                if let Some(turn) = self.told(&endpoint, &mut cursor, (record, nth), after, ended).await? {
                    return Ok(turn);
                }
            }
            at = record.position;
        }
        if at >= cursor.position + SAVE_EVERY {
            cursor.moves_to(at, 0);
            cursor.save(&self.app, id, Vec::new()).await?;
        }
        if at > cursor.position {
            self.has_seen(id, cursor.revision, at);
        }
        Ok(if records.len() == BATCH { Turn::More } else { Turn::Until(None) })
    }

    /// Writes down what came of a try; `None`: on to the next message.
    async fn told(
        &self,
        endpoint: &Endpoint,
        cursor: &mut Cursor,
        (record, nth): (&Record, usize),
        after: (Position, usize),
        ended: Result<(), Failure>,
    ) -> Result<Option<Turn>, Refusal> {
        let (now, retry) = (self.now(), self.inner.settings.retry);
        let (mut more, mut turn) = (Vec::new(), None);
        match ended {
            Ok(()) => {
                cursor.moves_to(after.0, after.1);
                (cursor.last_delivered, cursor.last_error) = (Some(now), None);
            }
            Err(Failure::Gone(error)) => {
                tracing::warn!(endpoint = %endpoint.id, error, "an endpoint wants nothing any more and is disabled");
                let gone = Endpoint { disabled: Some(error.clone()), ..endpoint.clone() };
                more.push(put(ENDPOINTS, endpoint.id.as_bytes(), &gone)?);
                cursor.last_error = Some(error);
                turn = Some(Turn::Until(None));
            }
            Err(failure) => {
                if nth == 0 {
                    // Everything before it was looked through.
                    cursor.position = cursor.position.max(record.position - 1);
                }
                cursor.failed(failure.to_string(), now, retry);
                turn = Some(Turn::Until(cursor.next_at));
                if cursor.attempts >= retry.attempts_max {
                    let aside = laid_aside(endpoint, cursor, record, nth);
                    more.push(put(DEAD, aside.id.as_bytes(), &aside)?);
                    cursor.moves_to(after.0, after.1);
                    turn = None;
                }
            }
        }
        // Who was not first looks again.
        let first = cursor.save(&self.app, endpoint.id, more).await?;
        Ok(if first { turn } else { Some(Turn::More) })
    }

    /// What an endpoint is told about a record.
    pub(super) async fn messages(&self, endpoint: &Endpoint, record: &Record) -> Result<Vec<Message>, Refusal> {
        if !endpoint.wants(&record.kind) || !self.reaches(endpoint, record).await? {
            return Ok(Vec::new());
        }
        match endpoint.feed {
            Feed::Events => Ok(vec![self.event(endpoint, record).await?]),
            Feed::Notices => self.notices_about(record).await,
        }
    }

    async fn reaches(&self, endpoint: &Endpoint, record: &Record) -> Result<bool, Refusal> {
        let Some(own) = &endpoint.community else { return Ok(true) };
        let Ok(community) = record.community.parse::<CommunityId>() else { return Ok(false) };
        self.app.lies_in(&community, Some(own)).await
    }

    /// The event in its envelope. Persons' words are `null` unless the endpoint may have them.
    async fn event(&self, endpoint: &Endpoint, record: &Record) -> Result<Message, Refusal> {
        let failed = |error: String| Refusal::Failed(format!("read position {}: {error}", record.position));
        let mut data: Value = serde_json::from_slice(&record.body).map_err(|error| failed(error.to_string()))?;
        let event = Event::decode(&record.kind, record.schema, &record.body);
        let words = self.app.words(event.map_err(|error| failed(error.to_string()))?, endpoint.personal).await?;
        replace(&mut data, &words);
        let body = json!({
            "specversion": "1.0",
            "id": record.id,
            "source": "/sandan",
            "type": record.kind,
            "subject": record.stream.to_string(),
            "time": record.occurred,
            "datacontenttype": "application/json",
            "dataschema": format!("urn:{}:{}", record.kind.replace('.', ":"), record.schema),
            "position": record.position,
            "version": record.version,
            "generation": record.generation,
            "recordedtime": record.recorded,
            "correlationid": record.correlation,
            "causationid": record.causation,
            "actor": record.actor,
            "community": record.community,
            "data": data,
        });
        Ok(Message { id: record.id.to_string(), media_type: EVENT, body: body.to_string().into_bytes() })
    }

    async fn notices_about(&self, record: &Record) -> Result<Vec<Message>, Refusal> {
        let app = &self.app;
        let Some(story) = self.story(record).await? else { return Ok(Vec::new()) };
        let mut messages = Vec::with_capacity(story.notices.len());
        for (nth, notice) in story.notices.iter().enumerate() {
            let id = notice_id(record, nth);
            let letter = app.letter(&story, notice.kind, &notice.to, &self.inner.settings.public_url).await?;
            let contact = match &notice.to {
                Audience::Resident(person) => app.contact(&story, *person).await?,
                Audience::Unit(_)
                | Audience::Desk
                | Audience::Supervisors
                | Audience::Proposers
                | Audience::Oversight => Contact::default(),
            };
            let (to, unit) = match &notice.to {
                Audience::Resident(_) => ("resident", None),
                Audience::Unit(unit) => ("unit", Some(unit)),
                Audience::Desk => ("desk", None),
                Audience::Supervisors | Audience::Proposers => ("supervisors", None),
                Audience::Oversight => ("oversight", None),
            };
            let body = json!({
                "specversion": "1.0",
                "id": id,
                "source": "/sandan",
                "type": "sandan.notice",
                "subject": record.stream.to_string(),
                "time": record.occurred,
                "datacontenttype": "application/json",
                "position": record.position,
                "community": story.community,
                "data": {
                    "notice": notice.kind,
                    "to": {"audience": to, "unit": unit, "name": contact.name, "phone": contact.phone, "email": contact.email},
                    "number": letter.number,
                    "url": letter.url,
                    "zh": letter.zh,
                    "en": letter.en,
                },
            });
            messages.push(Message { id: id.to_string(), media_type: EVENT, body: body.to_string().into_bytes() });
        }
        Ok(messages)
    }
}

/// From what is sealed to what may be read of it.
type Words = HashMap<String, Option<String>>;

impl App {
    /// Whether a community is `own` or lies below it; everything lies in none in particular.
    pub(super) async fn lies_in(&self, community: &CommunityId, own: Option<&CommunityId>) -> Result<bool, Refusal> {
        let Some(own) = own else { return Ok(true) };
        let by = Caller { scope: Scope::Community(own.clone()), ..Caller::system() };
        match self.in_scope(&by, community).await {
            Ok(()) => Ok(true),
            Err(Refusal::Forbidden { .. }) => Ok(false),
            Err(refusal) => Err(refusal),
        }
    }

    /// The private texts of an event: clear, or nothing.
    async fn words(&self, mut event: Event, personal: bool) -> Result<Words, Refusal> {
        let mut texts = Vec::new();
        event.each_private(&mut |text| texts.push(text.clone()));
        let sealed: Vec<Option<String>> = texts.iter().map(sealed).collect();
        if personal {
            self.open_words(&mut texts).await?;
        }
        let clear = texts.iter().map(|text| text.text().map(str::to_owned));
        Ok(sealed.into_iter().zip(clear).filter_map(|(sealed, clear)| Some((sealed?, clear))).collect())
    }
}

fn sealed(text: &Private) -> Option<String> {
    match text {
        Private::Sealed(sealed) => Some(sealed.clone()),
        Private::Clear { .. } | Private::Forgotten => None,
    }
}

/// Structured CloudEvents.
const EVENT: &str = "application/cloudevents+json";

/// An id of its own: two endpoints may lay the same event aside.
fn laid_aside(endpoint: &Endpoint, cursor: &Cursor, record: &Record, nth: usize) -> Entry {
    let id = derive(record.id, &format!("{}/{nth}", endpoint.id));
    let entry = Entry::new(id, Way::Endpoint(endpoint.id), record.position, nth);
    Entry { attempts: cursor.attempts, last_error: cursor.last_error.clone(), ..entry }
}

/// Puts clear words, or `null`, where the sealed ones stand.
fn replace(value: &mut Value, words: &Words) {
    match value {
        Value::String(text) => {
            if let Some(clear) = words.get(text) {
                *value = clear.clone().map_or(Value::Null, Value::String);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, words)),
        Value::Object(fields) => fields.values_mut().for_each(|field| replace(field, words)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
