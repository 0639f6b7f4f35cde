//! Endpoints: addresses of other programs that are told what happens, kept by administrators.

use std::sync::atomic::Ordering;

use data_encoding::BASE64;
use jiff::Timestamp;
use reqwest::Url;
use sandan_domain::event::pattern;
use sandan_domain::ids::derive;
use sandan_domain::{CommunityId, Flaw, InputError, NoSuch, Text, limits};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::form::Form;
use crate::notices::cursor::Cursor;
use crate::notices::guard;
use crate::notices::rows::{self, CURSORS, ENDPOINTS, delete, put};
use crate::notices::sign::fresh_secret;
use crate::refusal::Refusal;

/// Longest address.
const URL_MAX: usize = 2_000;
/// Most endpoints of an installation, and most names in one's filter.
const ENDPOINTS_MAX: usize = 100;
const TYPES_MAX: usize = 100;
/// After a rotation the old secret signs too.
const SECRETS_MAX: usize = 2;

/// What an endpoint is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feed {
    /// Every event, as CloudEvents 1.0.
    Events,
    /// What people are to be told, with name and address: for gateways to SMS or WeChat.
    Notices,
}

/// An endpoint to be made. `url` is required.
#[derive(Clone, Debug, Default, Serialize)]
pub struct NewEndpoint {
    pub url: Option<String>,
    /// `events` unless told otherwise, or `notices`.
    pub feed: Option<String>,
    /// That community and those below; none: all.
    pub community: Option<String>,
    /// Names of events, or beginnings of names that end in `.*`; none: all.
    pub types: Vec<String>,
    /// Events with persons' words in them, instead of without.
    pub personal: bool,
    pub description: Option<String>,
}

/// An endpoint as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    pub id: Uuid,
    pub url: String,
    pub feed: Feed,
    pub community: Option<CommunityId>,
    pub types: Vec<String>,
    pub personal: bool,
    pub description: Option<String>,
    pub created: Timestamp,
    /// Why nothing is sent there any more.
    pub disabled: Option<String>,
    /// Sealed under the master key, the newest first.
    pub(super) secrets: Vec<String>,
}

impl Endpoint {
    pub(super) fn wants(&self, kind: &str) -> bool {
        self.types.is_empty() || self.types.iter().any(|wanted| pattern::covers(wanted, kind))
    }
}

impl App {
    /// Adds an endpoint; the secret is shown this once. It is told what happens from now on.
    pub async fn add_endpoint(&self, by: &Caller, input: NewEndpoint) -> Result<(Endpoint, String), Refusal> {
        by.permit(Action::ManageEndpoints)?;
        let mut form = Form::default();
        let allow_private = self.0.hooks_go_private.load(Ordering::Relaxed);
        let url = form.required("url", input.url.as_deref()).and_then(|text| {
            let url = Text::line(text, URL_MAX).and_then(|text| checked_url(text.as_str(), allow_private));
            form.keep("url", url)
        });
        let feeds = [("events", Feed::Events), ("notices", Feed::Notices)];
        let feed = form.word("feed", input.feed.as_deref(), &feeds).unwrap_or(Feed::Events);
        let community: Option<CommunityId> = form.parsed("community", input.community.as_deref());
        let description = form.line("description", input.description.as_deref(), limits::TITLE);
        for kind in input.types.iter().take(TYPES_MAX) {
            if !pattern::is_known(kind) {
                form.error("types", InputError::unknown(NoSuch::Event { name: kind.clone() }));
            }
        }
        if input.types.len() > TYPES_MAX {
            form.error("types", InputError::malformed(Flaw::lines(input.types.len(), TYPES_MAX)));
        }
        self.place_in_reach(by, &mut form, community.as_ref()).await?;
        form.check()?;
        let existing = self.endpoints(by).await?;
        if existing.len() >= ENDPOINTS_MAX {
            return Err(Refusal::field(
                "url",
                InputError::malformed(Flaw::MoreThan { max: ENDPOINTS_MAX.to_string() }),
            ));
        }
        let identity = Identity::of(by, Action::ManageEndpoints, &input)?;
        // The same wish makes the same endpoint.
        let (id, secret) = (derive(identity.id, "endpoint"), fresh_secret());
        let endpoint = Endpoint {
            id,
            url: url.unwrap_or_default(),
            feed,
            community: community.or_else(|| by.scope.community().cloned()),
            types: input.types.clone(),
            personal: input.personal,
            description: description.map(Text::into_string),
            created: Timestamp::now(),
            disabled: None,
            secrets: vec![self.seal_secret(id, &secret)?],
        };
        let cursor = Cursor::at(rows::head(&*self.0.log).await?);
        let changes = vec![put(ENDPOINTS, id.as_bytes(), &endpoint)?, put(CURSORS, id.as_bytes(), &cursor)?];
        if rows::change_once(&*self.0.log, &identity, changes).await? {
            return Ok((endpoint, secret));
        }
        let endpoint = self.endpoint(by, id).await?;
        let secret = self.secrets_of(&endpoint).pop().ok_or(Refusal::NotFound)?;
        Ok((endpoint, secret))
    }

    /// Every endpoint that the caller reaches, the oldest first.
    pub async fn endpoints(&self, by: &Caller) -> Result<Vec<Endpoint>, Refusal> {
        by.permit(Action::ManageEndpoints)?;
        let all: Vec<(_, Endpoint)> = rows::all(&*self.0.log, ENDPOINTS).await?;
        let mut seen = Vec::with_capacity(all.len());
        for (_, endpoint) in all {
            if self.reaches(by, &endpoint).await {
                seen.push(endpoint);
            }
        }
        Ok(seen)
    }

    /// One of them.
    pub async fn endpoint(&self, by: &Caller, id: Uuid) -> Result<Endpoint, Refusal> {
        by.permit(Action::ManageEndpoints)?;
        let found: Option<Endpoint> = rows::get(&*self.0.log, ENDPOINTS, id.as_bytes()).await?;
        let endpoint = found.ok_or(Refusal::NotFound)?;
        if self.reaches(by, &endpoint).await { Ok(endpoint) } else { Err(Refusal::NotFound) }
    }

    /// Nothing more is sent there; what waits is dropped.
    pub async fn remove_endpoint(&self, by: &Caller, id: Uuid) -> Result<(), Refusal> {
        self.endpoint(by, id).await?;
        let changes = vec![delete(ENDPOINTS, id.as_bytes()), delete(CURSORS, id.as_bytes())];
        rows::change(self, Uuid::new_v4(), changes).await?;
        Ok(())
    }

    /// A new secret, shown this once. Until the next rotation the one before it signs too.
    pub async fn rotate_endpoint(&self, by: &Caller, id: Uuid) -> Result<String, Refusal> {
        let mut endpoint = self.endpoint(by, id).await?;
        let secret = fresh_secret();
        endpoint.secrets.insert(0, self.seal_secret(id, &secret)?);
        endpoint.secrets.truncate(SECRETS_MAX);
        let changes = vec![put(ENDPOINTS, id.as_bytes(), &endpoint)?];
        let identity = Identity::of(by, Action::ManageEndpoints, &("rotate", id))?;
        if rows::change_once(&*self.0.log, &identity, changes).await? {
            return Ok(secret);
        }
        let endpoint = self.endpoint(by, id).await?;
        self.secrets_of(&endpoint).into_iter().next().ok_or(Refusal::NotFound)
    }

    async fn reaches(&self, by: &Caller, endpoint: &Endpoint) -> bool {
        match &endpoint.community {
            Some(community) => self.in_scope(by, community).await.is_ok(),
            None => by.scope.community().is_none(),
        }
    }

    fn seal_secret(&self, id: Uuid, secret: &str) -> Result<String, Refusal> {
        let sealed = self.0.vault.seal_bytes(&about(id), secret.as_bytes());
        sealed.map(|sealed| BASE64.encode(&sealed)).map_err(|error| Refusal::Failed(format!("seal a secret: {error}")))
    }

    /// The secrets in the clear, for whoever signs.
    pub(super) fn secrets_of(&self, endpoint: &Endpoint) -> Vec<String> {
        let open = |sealed: &String| {
            let sealed = BASE64.decode(sealed.as_bytes()).ok()?;
            String::from_utf8(self.0.vault.open_bytes(&about(endpoint.id), &sealed)?).ok()
        };
        endpoint.secrets.iter().filter_map(open).collect()
    }
}

pub(super) fn about(id: Uuid) -> Vec<u8> {
    format!("webhook/{id}").into_bytes()
}

/// What sending would refuse is refused at once, as far as the address alone tells.
fn checked_url(text: &str, allow_private: bool) -> Result<String, InputError> {
    let malformed = InputError::malformed;
    let url: Url = text.trim().parse().map_err(|_| malformed(Flaw::Url))?;
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(malformed(Flaw::UrlParts));
    }
    guard::may(&url, allow_private).map_err(malformed)?;
    Ok(url.into())
}
