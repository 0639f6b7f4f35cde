//! Endpoints and messages as they are answered. Never a secret but where it was just made.

use jiff::Timestamp;
use sandan_app::notices::{Endpoint, Entry, Feed, Told, Way};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Serialize, ToSchema)]
#[schema(as = Webhook)]
pub(super) struct EndpointShape {
    pub id: Uuid,
    pub url: String,
    /// `events` or `notices`.
    pub feed: &'static str,
    /// That one and those below; `null`: all.
    pub community: Option<String>,
    /// Names of events, or beginnings that end in `.*`; none: all.
    pub types: Vec<String>,
    /// Events come with persons' words.
    pub personal: bool,
    pub description: Option<String>,
    pub created: Timestamp,
    /// Why nothing is sent there any more.
    pub disabled: Option<String>,
    /// Everything up to it was told.
    pub told_until: Option<u64>,
    /// When the message that failed is tried again.
    pub next_at: Option<Timestamp>,
    pub last_error: Option<String>,
    pub last_delivered: Option<Timestamp>,
}

impl EndpointShape {
    pub fn of(endpoint: Endpoint, told: Option<Told>) -> Self {
        let cursor = told.and_then(|told| told.cursor);
        let feed = match endpoint.feed {
            Feed::Events => "events",
            Feed::Notices => "notices",
        };
        Self {
            id: endpoint.id,
            url: endpoint.url,
            feed,
            community: endpoint.community.map(|community| community.to_string()),
            types: endpoint.types,
            personal: endpoint.personal,
            description: endpoint.description,
            created: endpoint.created,
            disabled: endpoint.disabled,
            told_until: cursor.as_ref().map(|cursor| cursor.position),
            next_at: cursor.as_ref().and_then(|cursor| cursor.next_at),
            last_error: cursor.as_ref().and_then(|cursor| cursor.last_error.clone()),
            last_delivered: cursor.as_ref().and_then(|cursor| cursor.last_delivered),
        }
    }
}

/// A single message: what is not an endpoint's next one.
#[derive(Serialize, ToSchema)]
#[schema(as = OutboxMessage)]
pub(super) struct EntryShape {
    id: Uuid,
    /// `mail`, `webhook` or `ping`.
    channel: &'static str,
    /// Of a webhook.
    endpoint: Option<Uuid>,
    /// The event that it is about.
    about: u64,
    attempts: u32,
    /// When it failed first.
    since: Option<Timestamp>,
    next_at: Option<Timestamp>,
    last_error: Option<String>,
}

impl From<Entry> for EntryShape {
    fn from(entry: Entry) -> Self {
        let (channel, endpoint) = match entry.way {
            Way::MailToPerson(_) | Way::MailToAccount(_) => ("mail", None),
            Way::Endpoint(id) => ("webhook", Some(id)),
            Way::Ping(id) => ("ping", Some(id)),
        };
        let Entry { id, position: about, attempts, since, next_at, last_error, .. } = entry;
        Self { id, channel, endpoint, about, attempts, since, next_at, last_error }
    }
}
