//! What an operator sees of the outbox and does about it: messages laid aside, tried again, an endpoint told anew
//! from a position, a ping.

use sandan_domain::ids::derive;
use sandan_domain::{Flaw, InputError};
use sandan_log::Position;
use serde::Serialize;
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::notices::cursor::Cursor;
use crate::notices::endpoint::Endpoint;
use crate::notices::outbox::{Entry, Way};
use crate::notices::rows::{self, DEAD, ENDPOINTS, OUTBOX, delete, put};
use crate::refusal::Refusal;

/// How the outbox stands.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    /// Single messages on their way.
    pub waiting: Vec<Entry>,
    /// Messages that could not be delivered.
    pub dead: Vec<Entry>,
    pub endpoints: Vec<Told>,
}

/// An endpoint and how far it was told.
#[derive(Clone, Debug, Serialize)]
pub struct Told {
    pub id: Uuid,
    pub url: String,
    pub disabled: Option<String>,
    /// `None`: removed a moment ago.
    pub cursor: Option<Cursor>,
    /// Events after the cursor.
    pub behind: u64,
}

impl App {
    /// What waits, what was laid aside, and where each endpoint stands.
    pub async fn notices(&self, by: &Caller) -> Result<Standing, Refusal> {
        by.permit(Action::ManageEndpoints)?;
        let log = &*self.0.log;
        let endpoints = self.endpoints(by).await?;
        let seen = |entry: &Entry| match &entry.way {
            Way::MailToPerson(_) | Way::MailToAccount(_) => by.scope.community().is_none(),
            Way::Endpoint(id) | Way::Ping(id) => endpoints.iter().any(|endpoint| endpoint.id == *id),
        };
        let entries = |all: Vec<(_, Entry)>| all.into_iter().map(|(_, entry)| entry).filter(&seen).collect();
        let waiting = entries(rows::all(log, OUTBOX).await?);
        let dead = entries(rows::all(log, DEAD).await?);
        let head = rows::head(log).await?;
        let mut told = Vec::with_capacity(endpoints.len());
        for Endpoint { id, url, disabled, .. } in endpoints {
            let cursor = Cursor::load(log, id).await?;
            let behind = cursor.as_ref().map_or(0, |cursor| head.saturating_sub(cursor.position));
            told.push(Told { id, url, disabled, cursor, behind });
        }
        Ok(Standing { waiting, dead, endpoints: told })
    }

    /// Tries messages that were laid aside again: that one, or all. Answers how many.
    pub async fn retry_notices(&self, by: &Caller, only: Option<Uuid>) -> Result<usize, Refusal> {
        let dead = self.notices(by).await?.dead;
        let chosen: Vec<Entry> = dead.into_iter().filter(|entry| only.is_none_or(|id| id == entry.id)).collect();
        if only.is_some() && chosen.is_empty() {
            return Err(Refusal::NotFound);
        }
        for entry in &chosen {
            // Its revision goes on counting, so that no earlier step is taken for a coming one.
            let again = Entry { attempts: 0, since: None, next_at: None, ..entry.clone() };
            let changes = vec![delete(DEAD, entry.id.as_bytes()), put(OUTBOX, &again.key(), &again)?];
            rows::change(self, Uuid::new_v4(), changes).await?;
        }
        Ok(chosen.len())
    }

    /// Throws a message away that was laid aside: it is never sent.
    pub async fn discard_notice(&self, by: &Caller, id: Uuid) -> Result<(), Refusal> {
        if self.notices(by).await?.dead.iter().all(|entry| entry.id != id) {
            return Err(Refusal::NotFound);
        }
        rows::change(self, Uuid::new_v4(), vec![delete(DEAD, id.as_bytes())]).await?;
        tracing::info!(%id, by = by.name, "a message that could not be delivered was thrown away");
        Ok(())
    }

    /// Tells an endpoint everything after `position` once more, and lets one that was disabled go on. A position that the
    /// log does not have yet is refused.
    pub async fn replay_endpoint(&self, by: &Caller, id: Uuid, position: Position) -> Result<(), Refusal> {
        let endpoint = Endpoint { disabled: None, ..self.endpoint(by, id).await? };
        let log = &*self.0.log;
        let head = rows::head(log).await?;
        if position > head {
            let flaw = Flaw::BeyondTheLog { head: head.to_string() };
            return Err(Refusal::field("after", InputError::malformed(flaw)));
        }
        loop {
            let stored = Cursor::load(log, id).await?.ok_or(Refusal::NotFound)?;
            let mut cursor = Cursor { position, nth: 0, attempts: 0, next_at: None, last_error: None, ..stored };
            let changes = vec![put(ENDPOINTS, id.as_bytes(), &endpoint)?];
            if cursor.save(self, id, changes).await? {
                return Ok(());
            }
        }
    }

    /// Sends an endpoint a message that says nothing but that it works. Answers the message's id.
    pub async fn ping_endpoint(&self, by: &Caller, id: Uuid) -> Result<Uuid, Refusal> {
        self.endpoint(by, id).await?;
        let log = &*self.0.log;
        let identity = Identity::of(by, Action::ManageEndpoints, &("ping", id))?;
        let ping = Entry::new(derive(identity.id, "ping"), Way::Ping(id), rows::head(log).await?, 0);
        rows::change_once(log, &identity, vec![put(OUTBOX, &ping.key(), &ping)?]).await?;
        Ok(ping.id)
    }
}
