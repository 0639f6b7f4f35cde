//! `/admin`, notices: where other programs are told, and what could not be delivered, to be tried again or thrown away.

use sandan_app::notices::{Entry, Feed, Recipient, Shown};
use sandan_app::{Action, Refusal};
use sandan_domain::category::Language;
use uuid::Uuid;

use crate::pages::admin::{DeadRow, HookRow, NoticesCard};
use crate::pages::moment::Calendar;
use crate::pages::texts::Texts;
use crate::pages::visit::{Answer, Visit, on};
use crate::problem::Problem;

/// Rows that are shown; the rest is counted.
const ROWS_MAX: usize = 100;

pub(super) async fn card(visit: &Visit) -> Result<NoticesCard, Problem> {
    let (app, caller) = (&visit.site.app, &visit.who.caller);
    let standing = app.notices(caller).await?;
    let feeds = app.endpoints(caller).await?;
    let hook = |told: sandan_app::notices::Told| {
        let endpoint = feeds.iter().find(|endpoint| endpoint.id == told.id);
        HookRow {
            url: told.url,
            feed: if endpoint.is_some_and(|to| to.feed == Feed::Notices) { "notices" } else { "events" },
            behind: told.behind,
            error: told.disabled.clone().or(told.cursor.and_then(|cursor| cursor.last_error)).unwrap_or_default(),
            disabled: told.disabled.is_some(),
        }
    };
    let (calendar, count) = (visit.calendar(), standing.dead.len());
    let mut dead = Vec::with_capacity(count.min(ROWS_MAX));
    // The newest are looked at first.
    let mut entries = standing.dead;
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.position));
    for entry in entries.into_iter().take(ROWS_MAX) {
        let shown = app.show_notice(&entry).await?;
        dead.push(row(visit.t, &calendar, entry, shown));
    }
    Ok(NoticesCard {
        hooks: standing.endpoints.into_iter().map(hook).collect(),
        waiting: standing.waiting.len(),
        dead,
        dead_more: count.saturating_sub(ROWS_MAX),
    })
}

fn row(t: Texts, calendar: &Calendar, entry: Entry, shown: Shown) -> DeadRow {
    let to = match shown.to {
        Recipient::Resident(Some(email)) => t.a("notices-to-resident", "address", email),
        Recipient::Resident(None) => t.s("forgotten"),
        Recipient::Account(name) => t.a("notices-to-account", "name", name),
        Recipient::Endpoint(Some(url)) => url,
        Recipient::Endpoint(None) => t.s("notices-to-removed"),
    };
    let what = shown.notice.map(|[zh, en]| if t.language == Language::Zh { zh } else { en });
    DeadRow {
        id: entry.id.to_string(),
        what: what.map_or(shown.event, str::to_owned),
        request: shown.request.map(|request| request.to_string()),
        to,
        attempts: entry.attempts,
        error: entry.last_error.unwrap_or_default(),
        since: entry.since.map(|since| calendar.moment(since).text),
    }
}

/// That message, or all.
pub(crate) async fn retry(visit: Visit) -> Answer {
    visit.permit(Action::ManageEndpoints)?;
    let only = visit.sent.get("id").map(id).transpose()?;
    visit.site.app.retry_notices(&visit.who.caller, only).await?;
    Ok(on("/admin?tab=notices", "retried", 0))
}

pub(crate) async fn discard(visit: Visit) -> Answer {
    visit.permit(Action::ManageEndpoints)?;
    let id = id(visit.sent.get("id").unwrap_or_default())?;
    visit.site.app.discard_notice(&visit.who.caller, id).await?;
    Ok(on("/admin?tab=notices", "discarded", 0))
}

fn id(text: &str) -> Result<Uuid, Problem> {
    Ok(Uuid::try_parse(text).map_err(|_| Refusal::NotFound)?)
}
