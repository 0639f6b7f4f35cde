//! `/calls` and `/oversight`.

use axum::extract::Path;
use axum::response::Redirect;
use sandan_app::{Action, Call};
use sandan_domain::RequestId;
use sandan_views::{CallRow, WatchRow};
use uuid::Uuid;

use super::names::Names;
use super::show;
use super::step::entered;
use super::{evaluation, evaluation_view};
use crate::pages::form::Form;
use crate::pages::moment::Calendar;
use crate::pages::visit::{Answer, Visit, on, page, with_status};
use crate::pages::watch::{CallLine, CallsPage, Matter, OversightPage, VoteLine};
use crate::problem::Problem;

const LINES: usize = 50;

pub(crate) async fn calls(visit: Visit) -> Answer {
    page(&calls_page(&visit, None).await?)
}

/// A form that was refused, to be shown at its line.
struct Refused {
    request: RequestId,
    person: String,
    is_ballot: bool,
    form: Form,
}

async fn calls_page(visit: &Visit, refused: Option<Refused>) -> Result<CallsPage, Problem> {
    visit.permit(Action::Call)?;
    let cursor = visit.query.get("cursor").and_then(|cursor| cursor.parse().ok());
    let rows = visit.site.views.calls(&visit.sight().await?, cursor, LINES).await?;
    let calendar = visit.calendar();
    let mut calls: Vec<CallLine> = rows.items.into_iter().map(|row| call_line(row, &calendar)).collect();
    if let Some(Refused { request, person, is_ballot, form }) = refused {
        let of_line = |line: &&mut CallLine| line.request == request.to_string() && line.person == person;
        if let Some(line) = calls.iter_mut().find(of_line) {
            *(if is_ballot { &mut line.ballot } else { &mut line.call }) = form;
        }
    }
    Ok(CallsPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("calls-title")),
        calls,
        votes: if cursor.is_none() { votes(visit).await? } else { Vec::new() },
        reasons: show::reasons(&Form::default(), visit.t),
        next: rows.next_cursor.map(|next| format!("/calls?cursor={next}")),
    })
}

/// The votes in which tokens are drawn, of the communities that the caller sees.
async fn votes(visit: &Visit) -> Result<Vec<VoteLine>, Problem> {
    let mut lines = Vec::new();
    for community in visit.site.views.communities(&visit.sight().await?).await? {
        for (id, session) in visit.site.app.evaluations(&community.slug).await? {
            let Some(poll) = session.poll() else { continue };
            let people = evaluation::unreached(visit, id, &session).await?.len();
            if people > 0 {
                let (href, until) =
                    (format!("/evaluations/{id}#unreached"), visit.calendar().moment(poll.drawing_until));
                lines.push(VoteLine { href, title: evaluation_view::title(visit.t, &session), people, until });
            }
        }
    }
    Ok(lines)
}

fn call_line(row: CallRow, calendar: &Calendar) -> CallLine {
    CallLine {
        href: format!("/requests/{}", row.request),
        number: row.number.to_string(),
        request: row.request.to_string(),
        person: row.person.to_string(),
        name: row.name,
        phone: row.phone,
        about: row.about,
        until: calendar.moment(row.closes_at),
        calls: row.calls,
        outcome: row.outcome.map(|outcome| outcome.name()),
        call: Form::empty("call"),
        ballot: Form::empty("ballot"),
    }
}

/// A refused form leaves its address in the browser; coming back to it shows the list.
pub(crate) async fn back() -> Redirect {
    Redirect::to("/calls")
}

pub(crate) async fn record(Path(id): Path<Uuid>, visit: Visit) -> Answer {
    let (request, form) = (RequestId(id), visit.form("call"));
    let input =
        Call { person: form.given("person"), phone: None, outcome: form.given("outcome"), note: form.given("note") };
    let done = visit.site.app.record_call(&visit.caller(Action::Call, &form), request, input).await;
    answered(&visit, request, false, form, done.map(|done| done.position)).await
}

pub(crate) async fn ballot(Path(id): Path<Uuid>, visit: Visit) -> Answer {
    let (request, form) = (RequestId(id), visit.form("ballot"));
    let input = entered(&form);
    let done = visit.site.app.enter_ballot(&visit.caller(Action::EnterBallot, &form), request, input).await;
    answered(&visit, request, true, form, done.map(|done| done.position)).await
}

async fn answered(
    visit: &Visit,
    request: RequestId,
    is_ballot: bool,
    form: Form,
    done: Result<u64, sandan_app::Refusal>,
) -> Answer {
    match done {
        Ok(position) => Ok(on("/calls", "saved", position)),
        Err(refusal) => {
            let person = form.value("person").to_owned();
            let (status, form) = form.refuse(visit.t, refusal.into())?;
            let refused = Refused { request, person, is_ballot, form };
            with_status(status, &calls_page(visit, Some(refused)).await?)
        }
    }
}

pub(crate) async fn oversight(visit: Visit) -> Answer {
    visit.permit(Action::DecideAppeal)?;
    let cursor = visit.query.get("cursor").and_then(|cursor| cursor.parse().ok());
    let rows = visit.site.views.watched(&visit.sight().await?, cursor, LINES).await?;
    let names = Names::of(&visit.site.views, rows.items.iter().map(|row| &row.community)).await?;
    let calendar = visit.calendar();
    page(&OversightPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("oversight-title")),
        matters: rows.items.into_iter().map(|row| matter(row, &names, &calendar)).collect(),
        next: rows.next_cursor.map(|next| format!("/oversight?cursor={next}")),
    })
}

fn matter(row: WatchRow, names: &Names, calendar: &Calendar) -> Matter {
    let t = calendar.t;
    let joiners = row.joiners.map(|joiners| t.n("matter-joiners", joiners));
    Matter {
        kind: row.kind.name(),
        href: format!("/requests/{}", row.request),
        number: row.number.to_string(),
        title: row.public_title.unwrap_or_else(|| t.s("no-title")),
        at: calendar.moment(row.at),
        about: joiners.or_else(|| row.unit.map(|unit| names.unit(&row.community, &unit))),
    }
}
