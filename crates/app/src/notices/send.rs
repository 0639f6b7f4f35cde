//! Working off the outbox: in order for each recipient, and recipients side by side.

use std::collections::HashMap;

use futures::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use sandan_log::Record;
use serde_json::json;
use uuid::Uuid;

use crate::notices::endpoint::Endpoint;
use crate::notices::failure::Failure;
use crate::notices::hook::Message;
use crate::notices::job::{Notices, Turn};
use crate::notices::outbox::{Entry, Way};
use crate::notices::rows::{self, ENDPOINTS, OUTBOX};
use crate::refusal::Refusal;

/// Recipients that are served at once.
const AT_ONCE_MAX: usize = 8;

/// What became of one message.
type Sent = Result<(), Failure>;

impl Notices {
    /// One turn: everything that is due.
    pub(super) async fn work_off_outbox(&self) -> Result<Turn, Refusal> {
        let entries: Vec<(_, Entry)> = rows::all(&**self.app.log(), OUTBOX).await?;
        let (mut lanes, mut places) = (Vec::<Vec<Entry>>::new(), HashMap::new());
        for (_, entry) in entries {
            let place = *places.entry(entry.way.clone()).or_insert(lanes.len());
            match lanes.get_mut(place) {
                Some(lane) => lane.push(entry),
                None => lanes.push(vec![entry]),
            }
        }
        let lanes = futures::stream::iter(lanes).map(|lane| self.work_off(lane)).buffer_unordered(AT_ONCE_MAX);
        let next = lanes.try_fold(None, async |next: Option<Timestamp>, at| Ok([next, at].into_iter().flatten().min()));
        Ok(Turn::Until(next.await?))
    }

    /// The messages of one recipient, up to the first that must wait; answers until when.
    async fn work_off(&self, lane: Vec<Entry>) -> Result<Option<Timestamp>, Refusal> {
        let app = &self.app;
        for mut entry in lane {
            let now = self.now();
            if let Some(at) = self.waits_until(&entry, now) {
                return Ok(at);
            }
            let failure = match self.send(&entry).await? {
                Ok(()) => {
                    if self.is_mail(&entry) {
                        *self.no_mail() = None;
                    }
                    entry.done(app).await?;
                    continue;
                }
                Err(failure) => failure,
            };
            if let Failure::Unreachable(_) = failure {
                let mut rests = self.no_mail();
                let failures = rests.map_or(0, |(failures, _)| failures) + 1;
                *rests = Some((failures, self.inner.settings.retry.next(now, failures)));
            }
            let for_good = matches!(failure, Failure::Permanent(_) | Failure::Gone(_));
            tracing::debug!(id = %entry.id, %failure, for_good, "a message could not be delivered");
            let first = entry.failed(app, failure.to_string(), for_good, now, self.inner.settings.retry).await?;
            if !first || entry.next_at.is_some() {
                return Ok(entry.next_at);
            }
        }
        Ok(None)
    }

    /// `Some`: not now.
    fn waits_until(&self, entry: &Entry, now: Timestamp) -> Option<Option<Timestamp>> {
        if let Some(at) = entry.next_at.filter(|at| *at > now) {
            return Some(Some(at));
        }
        if !self.is_mail(entry) {
            return None;
        }
        if self.inner.post.is_none() {
            return Some(None);
        }
        let rests = *self.no_mail();
        rests.map(|(_, at)| at).filter(|at| *at > now).map(Some)
    }

    const fn is_mail(&self, entry: &Entry) -> bool {
        matches!(entry.way, Way::MailToPerson(_) | Way::MailToAccount(_))
    }

    fn no_mail(&self) -> std::sync::MutexGuard<'_, Option<(u32, Timestamp)>> {
        self.inner.no_mail_before.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// One try. `Ok(Ok(()))` also where nobody is there to be told any more.
    async fn send(&self, entry: &Entry) -> Result<Sent, Refusal> {
        match &entry.way {
            Way::MailToPerson(_) | Way::MailToAccount(_) => self.mail(entry).await,
            Way::Endpoint(id) => {
                let (Some(endpoint), Some(record)) = (self.open_endpoint(*id).await?, self.record(entry).await?) else {
                    return Ok(Ok(()));
                };
                let message = self.messages(&endpoint, &record).await?.into_iter().nth(entry.nth);
                let Some(message) = message else { return Ok(Ok(())) };
                Ok(self.post_to(&endpoint, &message).await)
            }
            Way::Ping(id) => {
                let Some(endpoint) = self.open_endpoint(*id).await? else { return Ok(Ok(())) };
                let body = json!({
                    "specversion": "1.0",
                    "id": entry.id,
                    "source": "/sandan",
                    "type": "sandan.ping",
                    "datacontenttype": "application/json",
                    "data": {},
                });
                let body = body.to_string().into_bytes();
                let media_type = "application/cloudevents+json";
                Ok(self.post_to(&endpoint, &Message { id: entry.id.to_string(), media_type, body }).await)
            }
        }
    }

    async fn mail(&self, entry: &Entry) -> Result<Sent, Refusal> {
        let (app, Some(post)) = (&self.app, &self.inner.post) else { return Ok(Ok(())) };
        let Some(record) = self.record(entry).await? else { return Ok(Ok(())) };
        let Some(story) = self.story(&record).await? else { return Ok(Ok(())) };
        let Some(notice) = story.notices.get(entry.nth) else { return Ok(Ok(())) };
        let address = match &entry.way {
            Way::MailToPerson(person) => app.contact(&story, *person).await?.email,
            Way::MailToAccount(name) => {
                let email = app.accounts().email_of(name).await;
                email.map_err(|error| Refusal::Unavailable(error.to_string()))?
            }
            Way::Endpoint(_) | Way::Ping(_) => None,
        };
        let Some(address) = address else { return Ok(Ok(())) };
        let letter = app.letter(&story, notice.kind, &notice.to, &self.inner.settings.public_url).await?;
        Ok(post.send(entry.id, &address, &letter).await)
    }

    async fn post_to(&self, endpoint: &Endpoint, message: &Message) -> Sent {
        self.inner.hooks.post(&endpoint.url, &self.app.secrets_of(endpoint), message).await
    }

    async fn open_endpoint(&self, id: Uuid) -> Result<Option<Endpoint>, Refusal> {
        rows::get(&**self.app.log(), ENDPOINTS, id.as_bytes()).await
    }

    async fn record(&self, entry: &Entry) -> Result<Option<Record>, Refusal> {
        Ok(self.app.log().read(entry.position.saturating_sub(1), 1).await?.pop())
    }
}
