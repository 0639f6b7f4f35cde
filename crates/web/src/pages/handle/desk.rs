//! `/desk`: the queues of the committee's desk, and the search.

use axum::response::{IntoResponse, Redirect};
use sandan_app::Action;
use sandan_domain::RequestNumber;
use sandan_views::{Filter, Sight, State};

use super::names::Names;
use super::show;
use crate::pages::desk::{DeskPage, DeskQueue, TABS, Tab};
use crate::pages::fields::address;
use crate::pages::line::Line;
use crate::pages::visit::{Answer, Visit, page};
use crate::problem::Problem;

const LINES: usize = 30;
/// Queues where somebody waits for the desk itself.
const OWN: [&str; 3] = ["filed", "returned", "triaged"];

struct Queue {
    current: &'static str,
    lines: Vec<Line>,
    first: Option<String>,
    next: Option<String>,
}

pub(crate) async fn show(visit: Visit) -> Answer {
    visit.permit_section("/desk")?;
    let q = visit.query.get("q").unwrap_or_default().to_owned();
    if let Some(found) = by_number(&visit, &q).await? {
        return Ok(found);
    }
    let sight = visit.sight().await?;
    let Queue { current, lines, first, next } = queue(&visit, &sight).await?;
    let live = q.is_empty() && first.is_none();
    page(&DeskPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("desk-title")).live(),
        tabs: tabs(&visit, &sight, current).await?,
        current,
        may_file: visit.who.may(Action::File),
        refresh: live.then(|| format!("/desk/queue?tab={current}")),
        q,
        lines,
        first,
        next,
    })
}

/// One queue alone.
pub(crate) async fn part(visit: Visit) -> Answer {
    visit.permit_section("/desk")?;
    let Queue { current, lines, first, next } = queue(&visit, &visit.sight().await?).await?;
    page(&DeskQueue { t: visit.t, current, lines, first, next })
}

/// A number leads straight to its request, as on the telephone. Another community's stays where it is.
async fn by_number(visit: &Visit, q: &str) -> Result<Option<axum::response::Response>, Problem> {
    if q.parse::<RequestNumber>().is_err() {
        return Ok(None);
    }
    match visit.site.app.by_number(q).await {
        Ok(id) => Ok(Some(Redirect::to(&format!("/requests/{id}")).into_response())),
        Err(sandan_app::Refusal::NotFound) => Ok(None),
        Err(refusal) => Err(refusal.into()),
    }
}

async fn queue(visit: &Visit, sight: &Sight) -> Result<Queue, Problem> {
    let asked = visit.query.get("tab");
    let current = TABS.into_iter().find(|tab| asked == Some(*tab)).unwrap_or(TABS[0]);
    let (state, q) = (current.parse::<State>().ok(), visit.query.text("q"));
    let cursor = visit.query.get("cursor").and_then(|cursor| cursor.parse().ok());
    let rows = match (state, &q) {
        (Some(state), None) => visit.site.views.queue(sight, state, cursor, LINES).await?,
        _ => visit.site.views.requests(sight, &Filter { state, q, ..Filter::default() }, cursor, LINES).await?,
    };
    let names = Names::of(&visit.site.views, rows.items.iter().map(|row| &row.community)).await?;
    let q = visit.query.get("q");
    let next = rows.next_cursor.map(|next| next.to_string());
    let next = next.map(|next| address("/desk", &[("tab", Some(current)), ("q", q), ("cursor", Some(&next))]));
    let first = cursor.map(|_| address("/desk", &[("tab", Some(current)), ("q", q)]));
    Ok(Queue { current, lines: show::lines(&rows.items, &names, &visit.calendar()), first, next })
}

/// The queues with how much waits in each.
async fn tabs(visit: &Visit, sight: &Sight, current: &str) -> Result<Vec<Tab>, Problem> {
    let board = visit.site.views.board(sight).await?;
    let count = |name: &str| {
        let of_state = board.by_state.iter().find(|(state, _)| state.name() == name);
        of_state.map(|(_, count)| *count)
    };
    let tab = |name: &'static str| {
        let count = count(name);
        Tab { name, current: name == current, count, hot: OWN.contains(&name) && count.is_some_and(|count| count > 0) }
    };
    Ok(TABS.map(tab).to_vec())
}
