//! Single messages on their way: letters, pings, and what was laid aside and is tried again.

use bytes::Bytes;
use jiff::Timestamp;
use sandan_domain::PersonId;
use sandan_domain::ids::derive;
use sandan_log::Position;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::notices::retry::Retry;
use crate::notices::rows::{self, DEAD, OUTBOX, delete, put};
use crate::refusal::Refusal;

/// One message. It names what is to be said and holds nobody's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The same however often it is sent.
    pub id: Uuid,
    pub way: Way,
    /// The event that it is about; of a ping the log's end.
    pub position: Position,
    /// Which of the notices about that event.
    pub nth: usize,
    pub attempts: u32,
    /// When it failed first.
    pub since: Option<Timestamp>,
    pub next_at: Option<Timestamp>,
    pub last_error: Option<String>,
    pub(super) revision: u64,
}

/// Where a message goes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// A letter to a resident.
    MailToPerson(PersonId),
    /// A letter to an account of the staff.
    MailToAccount(String),
    Endpoint(Uuid),
    /// A message to an endpoint that says nothing but that it works.
    Ping(Uuid),
}

impl Entry {
    pub(super) const fn new(id: Uuid, way: Way, position: Position, nth: usize) -> Self {
        let (since, next_at, last_error) = (None, None, None);
        Self { id, way, position, nth, attempts: 0, since, next_at, last_error, revision: 0 }
    }

    /// In the order of what happened.
    pub(super) fn key(&self) -> Bytes {
        let mut key = self.position.to_be_bytes().to_vec();
        key.extend_from_slice(&u32::try_from(self.nth).unwrap_or(u32::MAX).to_be_bytes());
        key.extend_from_slice(self.id.as_bytes());
        key.into()
    }

    /// Sent, or nobody is there to read it.
    pub(super) async fn done(&self, app: &App) -> Result<bool, Refusal> {
        rows::change(app, self.step(), vec![delete(OUTBOX, &self.key())]).await
    }

    /// It failed: tried again later, or laid aside.
    pub(super) async fn failed(
        &mut self,
        app: &App,
        error: String,
        for_good: bool,
        now: Timestamp,
        retry: Retry,
    ) -> Result<bool, Refusal> {
        let command = self.step();
        self.revision += 1;
        self.attempts += 1;
        self.since = self.since.or(Some(now));
        self.last_error = Some(error);
        if for_good || self.attempts >= retry.attempts_max {
            self.next_at = None;
            let aside = vec![delete(OUTBOX, &self.key()), put(DEAD, self.id.as_bytes(), self)?];
            return rows::change(app, command, aside).await;
        }
        self.next_at = Some(retry.next(now, self.attempts));
        rows::change(app, command, vec![put(OUTBOX, &self.key(), self)?]).await
    }

    fn step(&self) -> Uuid {
        derive(self.id, &format!("outbox/{}", self.revision))
    }
}
