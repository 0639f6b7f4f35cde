//! `/honours`: the list with the form that asks, and one question with its steps.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Redirect;
use sandan_app::{Action, AskOpinion, GiveOpinion};
use sandan_domain::HonourId;
use sandan_views::{HonourState, HonourView, Sight, UnitView};
use uuid::Uuid;

use super::honour_figures;
use super::names::Names;
use super::show;
use crate::honours;
use crate::pages::form::Form;
use crate::pages::honours::{HonourLine, HonourPage, HonoursPage, OpinionCard, Settled};
use crate::pages::line::Choice;
use crate::pages::moment::Calendar;
use crate::pages::visit::{Answer, Visit, on, page, with_status};
use crate::problem::Problem;

pub(crate) async fn list(visit: Visit) -> Answer {
    page(&list_page(&visit, Form::empty("honours")).await?)
}

async fn list_page(visit: &Visit, form: Form) -> Result<HonoursPage, Problem> {
    let (views, calendar) = (&visit.site.views, visit.calendar());
    let all = views.communities(&Sight::All).await?;
    let found = views.honours(None).await?;
    let names = Names::of(views, found.iter().map(|view| &view.community)).await?;
    let line = |view: HonourView| HonourLine {
        href: format!("/honours/{}", view.id),
        unit: names.unit(&view.community, &view.unit),
        community: show::community_name(&all, &view.community),
        days: days(&view, &calendar),
        state: view.state.name(),
        opinion: view.opinion.map(|opinion| opinion.name()),
        honour: view.honour,
    };
    let asks = visit.who.may(Action::ProposeHonour);
    let units = if asks { views.units(&visit.sight().await?, None).await? } else { Vec::new() };
    let choice = |unit: UnitView| {
        let place = show::community_name(&all, &unit.community);
        Choice::new(format!("{}/{}", unit.community, unit.slug), format!("{place} · {}", unit.name))
    };
    Ok(HonoursPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("honours-title")),
        lines: found.into_iter().map(line).collect(),
        form: asks.then_some(form),
        units: units.into_iter().map(choice).collect(),
    })
}

/// First and last day.
fn days(view: &HonourView, calendar: &Calendar) -> String {
    let last = view.to.checked_sub(jiff::SignedDuration::from_nanos(1)).unwrap_or(view.to);
    format!("{} – {}", calendar.day(view.from), calendar.day(last))
}

pub(crate) async fn ask(visit: Visit) -> Answer {
    let form = visit.form("honours");
    // A choice names the unit with its community, since its slug is unique only there.
    let (community, unit) = match form.value("unit").split_once('/') {
        Some((community, unit)) => (Some(community.to_owned()), Some(unit.to_owned())),
        None => (None, None),
    };
    let (from, to) = (form.given("from"), form.given("to").map(|day| day_after(&day)));
    let input = AskOpinion { community, unit, honour: form.given("honour"), from, to };
    match visit.site.app.ask_opinion(&visit.caller(Action::ProposeHonour, &form), input).await {
        Ok(done) => Ok(on(&format!("/honours/{}", done.outcome.id), "saved", done.position)),
        Err(refusal) => {
            let mut problem: Problem = refusal.into();
            // Nothing chosen is wrong at one field of the page.
            problem.errors.retain(|error| error.field != "community");
            let (status, form) = form.refuse(visit.t, problem)?;
            with_status(status, &list_page(&visit, form).await?)
        }
    }
}

/// People name the last day of a period; the application, the first one after it.
fn day_after(day: &str) -> String {
    let next = day.trim().parse::<jiff::civil::Date>().ok().and_then(|date| date.tomorrow().ok());
    next.map_or_else(|| day.to_owned(), |date| date.to_string())
}

pub(crate) async fn show_one(Path(id): Path<Uuid>, visit: Visit) -> Answer {
    page(&one_page(&visit, HonourId(id), None).await?)
}

/// A refused form leaves its address in the browser.
pub(crate) async fn back(Path((id, _)): Path<(Uuid, String)>) -> Redirect {
    Redirect::to(&format!("/honours/{id}"))
}

pub(crate) async fn take(Path((id, step)): Path<(Uuid, String)>, visit: Visit) -> Answer {
    let id = HonourId(id);
    let (app, step) = (&visit.site.app, step.as_str());
    let (form, done) = match step {
        "opinion" => {
            let form = visit.form("opinion");
            let input = GiveOpinion { opinion: form.given("opinion"), reason: form.given("reason") };
            let figures = honours::figures(&visit.site, id).await?;
            let done = app.give_opinion(&visit.caller(Action::GiveOpinion, &form), id, input, figures).await;
            (form, done)
        }
        "proposal" => {
            let form = visit.form("proposal");
            let caller = visit.caller(Action::ProposeHonour, &form);
            let done = app.propose_honour(&caller, id, form.given("reason")).await;
            (form, done)
        }
        "drop" => {
            let form = visit.form("drop");
            let caller = visit.caller(Action::ProposeHonour, &form);
            let done = app.drop_honour(&caller, id, form.given("reason")).await;
            (form, done)
        }
        _ => return Err(Problem::not_found()),
    };
    match done {
        Ok(done) => Ok(on(&format!("/honours/{id}"), "saved", done.position)),
        Err(refusal) => {
            let (status, form): (StatusCode, Form) = form.refuse(visit.t, refusal.into())?;
            with_status(status, &one_page(&visit, id, Some(form)).await?)
        }
    }
}

async fn one_page(visit: &Visit, id: HonourId, refused: Option<Form>) -> Result<HonourPage, Problem> {
    let (t, calendar, views) = (visit.t, visit.calendar(), &visit.site.views);
    let view = views.honour(id).await?.ok_or_else(Problem::not_found)?;
    let names = Names::of(views, std::iter::once(&view.community)).await?;
    let is_in_reach = visit.site.app.who_may_see(&visit.who.caller, &view.community).await.is_ok();
    let may = |action: Action| is_in_reach && visit.who.may(action);
    let again = |name: &'static str| match &refused {
        Some(form) if form.id == name => form.clone(),
        _ => Form::empty(name),
    };
    let figures = match view.figures {
        Some(figures) => figures,
        None => honours::figures(&visit.site, id).await?,
    };
    let (gives, proposes) = (may(Action::GiveOpinion), may(Action::ProposeHonour));
    let is_open = matches!(view.state, HonourState::Asked | HonourState::Answered);
    let opinion = view.opinion.map(|opinion| OpinionCard {
        opinion: opinion.name(),
        reason: view.opinion_reason.clone().unwrap_or_default(),
        at: view.answered_at.map(|at| calendar.moment(at)),
    });
    let settled =
        view.settled_at.map(|at| Settled { reason: view.settled_reason.clone(), at: Some(calendar.moment(at)) });
    let give = (gives && view.state == HonourState::Asked).then(|| again("opinion"));
    let propose = (proposes && view.state == HonourState::Answered).then(|| again("proposal"));
    let let_go = (proposes && is_open).then(|| again("drop"));
    // Who was late finds no form any more: what was wrong is said on top.
    let is_shown = [&give, &propose, &let_go].into_iter().flatten().any(Form::is_bad);
    let banner = refused.as_ref().filter(|_| !is_shown).and_then(|form| form.banner.clone());
    Ok(HonourPage {
        t,
        shell: visit.shell(&*view.honour),
        banner,
        href: format!("/honours/{id}"),
        unit: names.unit(&view.community, &view.unit),
        community: show::community_name(&views.communities(&Sight::All).await?, &view.community),
        days: days(&view, &calendar),
        state: view.state.name(),
        asked: calendar.moment(view.asked_at),
        opinion,
        figures: honour_figures::tiles(visit, &view, &figures),
        position: figures.position,
        settled,
        give,
        propose,
        let_go,
        honour: view.honour,
    })
}
