//! What a single message says and to whom, for an operator's eyes: names of notices and numbers, nobody's words, and of
//! an address only so much that its owner would know it.

use sandan_domain::RequestId;
use uuid::Uuid;

use crate::app::App;
use crate::notices::endpoint::{Endpoint, Feed};
use crate::notices::outbox::{Entry, Way};
use crate::notices::rows::{self, ENDPOINTS};
use crate::notices::words;
use crate::refusal::Refusal;

/// A message in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// What the notice is about, in Chinese and in English; none: the bare event.
    pub notice: Option<[&'static str; 2]>,
    /// The event's type.
    pub event: String,
    pub request: Option<RequestId>,
    pub to: Recipient,
}

/// To whom a message goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Recipient {
    /// A resident, by the masked address; none: they are forgotten.
    Resident(Option<String>),
    /// An account of the staff.
    Account(String),
    /// Where a webhook goes, without its query; none: the endpoint was removed.
    Endpoint(Option<String>),
}

impl App {
    /// What the message says, and to whom.
    pub async fn show_notice(&self, entry: &Entry) -> Result<Shown, Refusal> {
        let endpoint = match &entry.way {
            Way::Endpoint(id) | Way::Ping(id) => self.endpoint_as_it_stands(*id).await?,
            Way::MailToPerson(_) | Way::MailToAccount(_) => None,
        };
        if let Way::Ping(_) = entry.way {
            let to = Recipient::Endpoint(endpoint.map(|endpoint| bare(&endpoint.url)));
            return Ok(Shown { notice: None, event: "sandan.ping".to_owned(), request: None, to });
        }
        let record = self.0.log.read(entry.position.saturating_sub(1), 1).await?.pop().ok_or(Refusal::NotFound)?;
        let story = self.story(&record).await?;
        let to = match (&entry.way, &story) {
            (Way::MailToPerson(person), Some(story)) => {
                Recipient::Resident(self.contact(story, *person).await?.email.as_deref().map(masked))
            }
            (Way::MailToPerson(_), None) => Recipient::Resident(None),
            (Way::MailToAccount(name), _) => Recipient::Account(name.clone()),
            (Way::Endpoint(_) | Way::Ping(_), _) => Recipient::Endpoint(endpoint.as_ref().map(|to| bare(&to.url))),
        };
        let is_bare = endpoint.is_some_and(|endpoint| endpoint.feed == Feed::Events);
        let notice = story.as_ref().filter(|_| !is_bare).and_then(|story| story.notices.get(entry.nth));
        let notice = notice.map(|notice| words::topic(notice.kind).into());
        Ok(Shown { notice, event: record.kind, request: story.and_then(|story| story.request()), to })
    }

    async fn endpoint_as_it_stands(&self, id: Uuid) -> Result<Option<Endpoint>, Refusal> {
        rows::get(&*self.0.log, ENDPOINTS, id.as_bytes()).await
    }
}

/// The first letter and the host: `w***@home.example`.
fn masked(email: &str) -> String {
    let (name, host) = email.split_once('@').unwrap_or((email, ""));
    let first: String = name.chars().take(1).collect();
    format!("{first}***@{host}")
}

/// A query may hold a secret.
fn bare(url: &str) -> String {
    url.split(['?', '#']).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_so_that_only_its_owner_knows_it() {
        assert_eq!(masked("wang@home.example"), "w***@home.example");
        assert_eq!(masked("王@home.example"), "王***@home.example");
        assert_eq!(bare("https://sms.example/in?key=secret"), "https://sms.example/in");
    }
}
