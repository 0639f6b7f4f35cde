//! `/callbacks`: open to everybody. The draw is made again for whoever looks.

use axum::extract::Path;
use axum::response::Redirect;
use sandan_app::{Action, CallBack, CommitCallbacks};
use sandan_domain::CallbackId;
use sandan_domain::lots::{draw, hash_of, lot};
use sandan_views::{CallFigures, CallbackCall, CallbackView, Sight};
use uuid::Uuid;

use super::show;
use crate::pages::callbacks::{CallBackLine, CallbackPage, CallbacksPage, Draw, Figure, Lot, PeriodLine};
use crate::pages::form::Form;
use crate::pages::moment::Calendar;
use crate::pages::visit::{Answer, Visit, on, page, with_status};
use crate::problem::Problem;

pub(crate) async fn list(visit: Visit) -> Answer {
    page(&list_page(&visit, Form::empty("callbacks")).await?)
}

async fn list_page(visit: &Visit, form: Form) -> Result<CallbacksPage, Problem> {
    let (t, calendar) = (visit.t, visit.calendar());
    let all = visit.site.views.communities(&Sight::All).await?;
    let mine = if visit.who.is_recognised() { visit.sight().await? } else { Sight::All };
    let own = visit.site.views.communities(&mine).await?;
    let views = visit.site.views.callbacks(None).await?;
    let line = |view: CallbackView| PeriodLine {
        href: format!("/callbacks/{}", view.id),
        community: show::community_name(&all, &view.community),
        days: days(&view, &calendar),
        size: view.size,
        is_drawn: view.seed.is_some(),
    };
    Ok(CallbacksPage {
        t,
        shell: visit.shell(t.s("callbacks-title")),
        periods: views.into_iter().map(line).collect(),
        form: visit.who.may(Action::Sample).then_some(form),
        communities: show::communities(&own, None),
    })
}

pub(crate) async fn commit(visit: Visit) -> Answer {
    let form = visit.form("callbacks");
    let size = form.given("size").map(|size| size.trim().parse().unwrap_or(0));
    let input =
        CommitCallbacks { community: form.given("community"), from: form.given("from"), to: form.given("to"), size };
    match visit.site.app.commit_callbacks(&visit.caller(Action::Sample, &form), input).await {
        Ok(done) => Ok(on(&format!("/callbacks/{}", done.outcome.id), "saved", done.position)),
        Err(refusal) => {
            let (status, form) = form.refuse(visit.t, refusal.into())?;
            with_status(status, &list_page(&visit, form).await?)
        }
    }
}

pub(crate) async fn show_one(Path(id): Path<Uuid>, visit: Visit) -> Answer {
    page(&one_page(&visit, CallbackId(id), None).await?)
}

/// A refused form leaves its address in the browser.
pub(crate) async fn back(Path(id): Path<Uuid>) -> Redirect {
    Redirect::to(&format!("/callbacks/{id}"))
}

async fn one_page(visit: &Visit, id: CallbackId, refused: Option<Form>) -> Result<CallbackPage, Problem> {
    let (t, calendar) = (visit.t, visit.calendar());
    let view = visit.site.views.callback(id).await?.ok_or_else(Problem::not_found)?;
    let all = visit.site.views.communities(&Sight::All).await?;
    let may_see =
        visit.who.may(Action::Call) && visit.site.app.who_may_see(&visit.who.caller, &view.community).await.is_ok();
    let mut calls: Vec<CallBackLine> = match may_see {
        true => visit.site.views.callback_calls(id).await?.into_iter().map(|call| call_line(call, t)).collect(),
        false => Vec::new(),
    };
    let may_draw = view.seed.is_none() && calendar.now >= view.to && visit.who.may(Action::Sample);
    let mut form = may_draw.then(|| Form::empty("draw"));
    if let Some(refused) = refused {
        match calls.iter_mut().find(|line| refused.is("request", &line.request)) {
            Some(line) => line.form = refused,
            None => form = form.map(|_| refused),
        }
    }
    Ok(CallbackPage {
        t,
        shell: visit.shell(days(&view, &calendar)),
        href: format!("/callbacks/{id}"),
        community: show::community_name(&all, &view.community),
        days: days(&view, &calendar),
        size: view.size,
        committed: calendar.moment(view.committed_at),
        position: view.position,
        draw: again(&view),
        form,
        figures: figures(&view.calls, &calendar),
        calls,
        hash: view.hash,
    })
}

/// The draw made again from what is published, and compared with it.
fn again(view: &CallbackView) -> Option<Draw> {
    let seed = view.seed.clone()?;
    let (hash_now, sample) = (hash_of(&seed), draw(&seed, &view.candidates, view.size as usize));
    let lots = sample.iter().map(|request| Lot { request: request.to_string(), lot: lot(&seed, *request) });
    Some(Draw {
        is_seed: hash_now == view.hash,
        is_sample: sample == view.sample,
        hash_now,
        candidates: view.candidates.len(),
        sample: lots.collect(),
        seed,
    })
}

fn figures(calls: &CallFigures, calendar: &Calendar) -> Vec<Figure> {
    let t = calendar.t;
    let outcomes = [
        (t.s("callbacks-to-make"), calls.to_make),
        (t.of("call", "reached"), calls.reached),
        (t.of("call", "no_answer"), calls.no_answer),
        (t.of("call", "wrong_number"), calls.wrong_number),
        (t.of("call", "declined"), calls.declined),
    ];
    let answers = sandan_domain::review::Rating::ALL;
    let answers = answers.map(|rating| (t.of("rating", rating.name()), calls.answers.count(rating)));
    outcomes.into_iter().chain(answers).map(|(label, count)| Figure { label, count }).collect()
}

fn call_line(call: CallbackCall, t: crate::pages::texts::Texts) -> CallBackLine {
    let outcome = call.outcome.map(|outcome| t.of("call", outcome.name()));
    let answer = call.answer.map(|answer| t.of("rating", answer.name()));
    let said: Vec<String> = outcome.into_iter().chain(answer).collect();
    CallBackLine {
        href: format!("/requests/{}", call.request),
        request: call.request.to_string(),
        number: call.number.map(|number| number.to_string()).unwrap_or_default(),
        name: call.name,
        phone: call.phone,
        outcome: (!said.is_empty()).then(|| said.join(" · ")),
        form: Form::empty("call-back"),
    }
}

pub(crate) async fn draw_one(Path(id): Path<Uuid>, visit: Visit) -> Answer {
    let form = visit.form("draw");
    let done = visit.site.app.draw_callbacks(&visit.caller(Action::Sample, &form), CallbackId(id)).await;
    answered(&visit, CallbackId(id), form, done.map(|done| done.position)).await
}

pub(crate) async fn call(Path(id): Path<Uuid>, visit: Visit) -> Answer {
    let form = visit.form("call-back");
    let input = CallBack {
        request: form.given("request"),
        outcome: form.given("outcome"),
        answer: form.given("answer"),
        note: form.given("note"),
    };
    let done = visit.site.app.call_back(&visit.caller(Action::Call, &form), CallbackId(id), input).await;
    answered(&visit, CallbackId(id), form, done.map(|done| done.position)).await
}

async fn answered(visit: &Visit, id: CallbackId, form: Form, done: Result<u64, sandan_app::Refusal>) -> Answer {
    match done {
        Ok(position) => Ok(on(&format!("/callbacks/{id}"), "saved", position)),
        Err(refusal) => {
            let (status, form) = form.refuse(visit.t, refusal.into())?;
            with_status(status, &one_page(visit, id, Some(form)).await?)
        }
    }
}

fn days(view: &CallbackView, calendar: &Calendar) -> String {
    format!("{} – {}", calendar.moment(view.from).text, calendar.moment(view.to).text)
}
