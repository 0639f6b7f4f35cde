//! Who is asking: a token, a signed-in page, or a resident, about whom nothing is known.

use std::net::IpAddr;

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use axum_extra::extract::CookieJar;
use sandan_app::{Action, Caller, Refusal, Scope, may};
use sandan_domain::category::Language;
use sandan_domain::{Role, UnitId};

use crate::problem::Problem;
use crate::site::Site;
use crate::{client, language};

/// How the caller was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// Not at all: a resident.
    Nothing,
    /// `Authorization: Bearer …`
    Token,
    /// The cookie of a signed-in page.
    Session,
}

/// The one who asks. An extractor of the API and of the pages.
#[derive(Clone, Debug)]
pub struct Who {
    pub caller: Caller,
    pub via: Via,
    /// Name of the signed-in account.
    pub account: Option<String>,
    pub language: Language,
    /// The client's own address.
    pub client: IpAddr,
    /// The call never left this machine.
    pub loopback: bool,
}

impl Who {
    pub fn role(&self) -> Role {
        self.caller.actor.role()
    }

    pub const fn scope(&self) -> &Scope {
        &self.caller.scope
    }

    /// The unit whose staff this is.
    pub const fn unit(&self) -> Option<&UnitId> {
        self.caller.actor.unit()
    }

    pub fn is_recognised(&self) -> bool {
        self.via != Via::Nothing
    }

    pub fn may(&self, action: Action) -> bool {
        may(self.role(), action)
    }

    /// Refuses whoever may not: those we don't know are asked to sign in, the others are forbidden.
    pub fn permit(&self, action: Action) -> Result<(), Refusal> {
        self.caller.permit(action)
    }
}

impl FromRequestParts<Site> for Who {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, site: &Site) -> Result<Self, Problem> {
        let client = client::client_of(parts, &site.settings.trusted_proxies);
        let Known { caller, via, account } = recognise(site, &parts.headers).await?;
        let language = language::of(parts);
        Ok(Self { caller, via, account, language, client: client.address, loopback: client.loopback })
    }
}

/// Whom a call's headers belong to.
pub(crate) struct Known {
    pub caller: Caller,
    pub via: Via,
    pub account: Option<String>,
}

/// Reads the token or the cookie, in this order.
pub(crate) async fn recognise(site: &Site, headers: &HeaderMap) -> Result<Known, Problem> {
    match headers.get(AUTHORIZATION) {
        Some(value) => by_token(site, value.to_str().unwrap_or_default()).await,
        None => by_session(site, headers).await,
    }
}

async fn by_token(site: &Site, header: &str) -> Result<Known, Problem> {
    let caller = site.app.accounts().recognise(header).await?;
    Ok(Known { caller, via: Via::Token, account: None })
}

/// A cookie that has run out makes a resident of its owner: pages then ask to sign in again.
async fn by_session(site: &Site, headers: &HeaderMap) -> Result<Known, Problem> {
    let nobody = || Known { caller: Caller::resident(), via: Via::Nothing, account: None };
    let jar = CookieJar::from_headers(headers);
    let Some(cookie) = jar.get(site.settings.session_cookie()) else { return Ok(nobody()) };
    let session = site.app.accounts().session(cookie.value()).await.map_err(Problem::from)?;
    Ok(session.map_or_else(nobody, |session| Known {
        caller: session.caller,
        via: Via::Session,
        account: Some(session.account.name),
    }))
}
