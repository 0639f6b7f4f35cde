//! One call to a page: who comes, from where, with what, and how they are answered.

use askama::Template;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::{CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use bytes::Bytes;
use sandan_app::{Action, Caller, Refusal, Scope};
use sandan_domain::CommunityId;
use sandan_views::Sight;
use uuid::Uuid;

use super::fields::Fields;
use super::form::Form;
use super::moment::Calendar;
use super::shell::{Account, Notice, Shell, is_for};
use super::texts::Texts;
use crate::identity::Who;
use crate::problem::Problem;
use crate::site::Site;
use crate::{api, body};

/// The notices that an address may ask for.
const TOLD: [&str; 9] =
    ["extension-asked", "filed", "joined", "rated", "withdrawn", "attached", "saved", "retried", "discarded"];

/// A call. The last argument of a handler.
pub(crate) struct Visit {
    pub site: Site,
    pub who: Who,
    pub t: Texts,
    pub path: String,
    pub query: Fields,
    /// Of a form.
    pub sent: Fields,
    /// The body of a form with a photo.
    pub upload: Bytes,
    pub headers: HeaderMap,
}

pub(crate) type Answer = Result<Response, Problem>;

impl FromRequest<Site> for Visit {
    type Rejection = Problem;

    async fn from_request(request: Request, site: &Site) -> Result<Self, Problem> {
        let (mut parts, content) = request.into_parts();
        let who = Who::from_request_parts(&mut parts, site).await?;
        let query = Fields::read(parts.uri.query().unwrap_or_default());
        let (mut sent, mut upload) = (Fields::default(), Bytes::new());
        if parts.method == Method::GET || parts.method == Method::HEAD {
            api::wait(site, &parts).await?;
        } else {
            site.door.write(&who.caller, who.client)?;
            if is_upload(&parts.headers) {
                upload = body::read(content, site.settings.attachment_bytes_max.saturating_add(64 * 1024)).await?;
            } else {
                let bytes = body::read(content, site.settings.body_bytes_max).await?;
                sent = Fields::read(&String::from_utf8_lossy(&bytes));
            }
        }
        let (t, path) = (Texts::new(who.language), parts.uri.path().to_owned());
        Ok(Self { site: site.clone(), who, t, path, query, sent, upload, headers: parts.headers })
    }
}

fn is_upload(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.to_ascii_lowercase().starts_with("multipart/")
}

impl Visit {
    /// The frame of a page.
    pub fn shell(&self, title: impl Into<String>) -> Shell {
        let account = self.who.account.clone().map(|name| Account { name, role: self.who.role() });
        let mut shell = Shell::new(self.t.language, title, self.path.clone(), account);
        shell.demo = self.site.settings.demo;
        shell.rehearsal = rehearsal(&self.site);
        shell.notice = self.notice();
        shell
    }

    fn notice(&self) -> Option<Notice> {
        let told = self.query.get("told")?;
        let text = match told.strip_prefix("done-") {
            Some(step) => self.t.a("notice-done", "step", self.t.try_of("do", step)?),
            None => TOLD.contains(&told).then(|| self.t.of("notice", told))?,
        };
        Some(Notice { good: true, text })
    }

    pub fn calendar(&self) -> Calendar {
        let app = &self.site.app;
        Calendar { t: self.t, zone: app.policy().zone.clone(), now: app.clock().now(), years: false }
    }

    /// In the time zone of a community, which is named where it is not the pages'.
    pub async fn calendar_of(&self, community: &CommunityId) -> Result<Calendar, Problem> {
        Ok(self.calendar().in_zone(self.site.app.zone_of(community).await?))
    }

    /// Refuses whoever may not; those we don't know are asked to sign in.
    pub fn permit(&self, action: Action) -> Result<(), Problem> {
        Ok(self.who.permit(action)?)
    }

    /// Refuses staff whose work is in another section; those we don't know are asked to sign in.
    pub fn permit_section(&self, section: &str) -> Result<(), Problem> {
        self.permit(Action::See)?;
        if is_for(section, self.who.role()) {
            return Ok(());
        }
        Err(Refusal::forbidden(self.t.s("problem-forbidden")).into())
    }

    /// What staff may see.
    pub async fn sight(&self) -> Result<Sight, Problem> {
        let community = match self.who.scope() {
            Scope::All => None,
            Scope::Community(community) => Some(community),
        };
        Ok(self.site.views.sight_of(community).await?)
    }

    /// The caller with the form's key. Staff whose role files nothing are residents too.
    pub fn caller(&self, action: Action, form: &Form) -> Caller {
        let is_residents =
            matches!(action, Action::File | Action::CoSign | Action::Rate | Action::Withdraw | Action::Attach);
        let caller = if is_residents && !self.who.may(action) { Caller::resident() } else { self.who.caller.clone() };
        match Uuid::try_parse(&form.key) {
            Ok(key) => caller.with_key(key, self.path.clone()),
            Err(_) => caller,
        }
    }

    /// The form that was sent.
    pub fn form(&self, id: &'static str) -> Form {
        Form::sent(id, self.sent.to_map())
    }

    /// A link that can be printed: with the public host, or the one that was called.
    pub fn link(&self, path: &str) -> String {
        if let Some(base) = &self.site.settings.public_url {
            return format!("{base}{path}");
        }
        let scheme = if self.site.settings.secure { "https" } else { "http" };
        match self.headers.get(HOST).and_then(|host| host.to_str().ok()) {
            Some(host) => format!("{scheme}://{host}{path}"),
            None => path.to_owned(),
        }
    }
}

/// What a rehearsal's clock says, and how fast it runs.
pub(crate) fn rehearsal(site: &Site) -> Option<String> {
    let speed = site.settings.rehearsal?.speed;
    let now = site.app.clock().now().to_zoned(site.app.policy().zone.clone());
    Some(format!("{} (×{speed})", now.strftime("%Y-%m-%d %H:%M")))
}

/// A page as it is.
pub(crate) fn page(template: &impl Template) -> Answer {
    with_status(StatusCode::OK, template)
}

/// A page that says why not, or shows a form again.
pub(crate) fn with_status(status: StatusCode, template: &impl Template) -> Answer {
    let html = template.render().map_err(|error| {
        tracing::error!(%error, "a page could not be written");
        Problem::failed()
    })?;
    Ok((status, Html(html)).into_response())
}

/// On to another page, which waits until it shows what was just written.
pub(crate) fn on(path: &str, told: &str, position: u64) -> Response {
    let (path, fragment) = path.split_once('#').unwrap_or((path, ""));
    let join = if path.contains('?') { '&' } else { '?' };
    let told = if told.is_empty() { String::new() } else { format!("&told={told}") };
    let fragment = if fragment.is_empty() { String::new() } else { format!("#{fragment}") };
    Redirect::to(&format!("{path}{join}after={position}{told}{fragment}")).into_response()
}

/// A path of our own, or else: where a form wants to go back to.
pub(crate) fn own_path<'a>(path: &'a str, otherwise: &'a str) -> &'a str {
    let is_own = path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    if is_own { path } else { otherwise }
}
