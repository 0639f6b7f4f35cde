//! `POST /requests/{id}/{step}`: the steps of the staff, from a form to what the application takes.

use axum::extract::Path;
use axum::response::Redirect;
use sandan_app::{
    Action, Appeal, Attach, Close, Complete, DecideAppeal, DecideUnreasonable, Dispatch, EnterBallot, Extend, Progress,
    ProposeUnreasonable, Rate, Refusal, Return, Rule, Suspend, Triage, Verify,
};
use sandan_domain::RequestId;

use super::case::{Refused, Seen, case_page};
use super::request::uploaded;
use super::show;
use crate::pages::form::Form;
use crate::pages::visit::{Answer, Visit, on, own_path, with_status};
use crate::problem::Problem;

/// The choice of a form that means the pool rather than a unit.
const POOL: &str = "*pool";

/// The forms' names of the steps: those of the API.
const STEPS: [&str; 18] = [
    "triage",
    "dispatch",
    "claim",
    "return",
    "progress",
    "complete",
    "rule",
    "verify",
    "suspend",
    "resume",
    "extend",
    "close",
    "attachments",
    "unreasonable",
    "unreasonable-decision",
    "entered-ballots",
    "appeals",
    "appeal-decisions",
];

pub(crate) async fn take(Path((id, step)): Path<(uuid::Uuid, String)>, visit: Visit) -> Answer {
    let step = STEPS.into_iter().find(|known| *known == step).ok_or_else(Problem::not_found)?;
    let (id, form) = (RequestId(id), visit.form(step));
    match wish(&visit, id, step, &form).await {
        Ok(position) => {
            let back = form.given("back").unwrap_or_else(|| format!("/requests/{id}"));
            // A unit asks for more time, and a supervisor gives it (R11).
            let told = match step {
                "extend" if visit.who.unit().is_some() => "extension-asked".to_owned(),
                _ => format!("done-{step}"),
            };
            Ok(on(own_path(&back, "/"), &told, position))
        }
        Err(problem) => refused(&visit, id, step, form, problem).await,
    }
}

/// A refused step leaves its address in the browser; coming back to it shows the request.
pub(crate) async fn back(Path((id, _)): Path<(uuid::Uuid, String)>) -> Redirect {
    Redirect::to(&format!("/requests/{id}"))
}

/// The step's form again, or the whole request where the step is none of it any more.
async fn refused(visit: &Visit, id: RequestId, step: &'static str, form: Form, problem: Problem) -> Answer {
    let (status, form) = form.refuse(visit.t, problem)?;
    let seen = Seen::by(visit, id).await?;
    let banner = form.banner.clone();
    let mut page = case_page(visit, seen, Refused { step, form: Some(form), banner: None }).await?;
    if !page.acts.iter().any(|act| act.step == step) {
        page.banner = banner;
    }
    with_status(status, &page)
}

async fn wish(visit: &Visit, id: RequestId, step: &str, form: &Form) -> Result<u64, Problem> {
    let _place = visit.site.door.place()?;
    if matches!(step, "triage" | "dispatch" | "rule") {
        of_the_desk(visit, id, step, form).await
    } else if matches!(step, "suspend" | "resume" | "extend" | "close") {
        of_the_watch(visit, id, step, form).await
    } else if matches!(
        step,
        "unreasonable" | "unreasonable-decision" | "entered-ballots" | "appeals" | "appeal-decisions"
    ) {
        of_the_review(visit, id, step, form).await
    } else {
        of_the_unit(visit, id, step, form).await
    }
}

async fn of_the_desk(visit: &Visit, id: RequestId, step: &str, form: &Form) -> Result<u64, Problem> {
    let app = &visit.site.app;
    let position = match step {
        "triage" => {
            let input = triage(visit, form).await?;
            app.triage(&visit.caller(Action::Triage, form), id, input).await?.position
        }
        "dispatch" => {
            let input = dispatch(visit, form)?;
            app.dispatch(&visit.caller(Action::Dispatch, form), id, input).await?.position
        }
        _ => {
            let input = Rule { unit: form.given("unit"), reason: form.given("reason") };
            app.rule(&visit.caller(Action::Rule, form), id, input).await?.position
        }
    };
    Ok(position)
}

/// Another request is named by its number as well as by its id.
async fn triage(visit: &Visit, form: &Form) -> Result<Triage, Problem> {
    let is_merge = form.is("decision", "merge");
    let into = match form.given("into").filter(|_| is_merge) {
        Some(text) => match visit.site.app.by_number(&text).await {
            Ok(id) => Some(id.to_string()),
            Err(Refusal::NotFound) => Some(text),
            Err(refusal) => return Err(refusal.into()),
        },
        None => None,
    };
    let accepted = form.is("decision", "accept");
    let if_accepted = |name: &str| form.given(name).filter(|_| accepted);
    Ok(Triage {
        decision: form.given("decision"),
        reason: form.given("reason"),
        into,
        category: if_accepted("category"),
        urgency: if_accepted("urgency"),
        public_title: if_accepted("public_title"),
    })
}

fn dispatch(visit: &Visit, form: &Form) -> Result<Dispatch, Problem> {
    let note = form.given("note");
    let slots = form.given("slots").map(|slots| slots.trim().parse().unwrap_or(0));
    match form.given("lead").as_deref() {
        None => {
            let words =
                crate::problem::Words::in_both(visit.t.s("dispatch-needs-choice"), visit.t.s("dispatch-needs-choice"));
            Err(Problem::field("unit", "dispatch-needs-choice", words))
        }
        Some(POOL) => Ok(Dispatch { pool: Some(true), slots, note, ..Dispatch::default() }),
        Some(lead) => {
            let assisting = visit.sent.all("assist").into_iter().filter(|unit| unit != lead);
            let units: Vec<String> = std::iter::once(lead.to_owned()).chain(assisting).collect();
            Ok(Dispatch { units: Some(units), note, ..Dispatch::default() })
        }
    }
}

async fn of_the_watch(visit: &Visit, id: RequestId, step: &str, form: &Form) -> Result<u64, Problem> {
    let (app, reason) = (&visit.site.app, form.given("reason"));
    let position = match step {
        "suspend" => {
            let input = Suspend { reason, review_on: form.given("review_on") };
            app.suspend(&visit.caller(Action::Suspend, form), id, input).await?.position
        }
        "resume" => app.resume(&visit.caller(Action::Resume, form), id).await?.position,
        "extend" => {
            let input = Extend { reason, until: form.given("until") };
            app.extend(&visit.caller(Action::Extend, form), id, input).await?.position
        }
        _ => app.close(&visit.caller(Action::Close, form), id, Close { reason }).await?.position,
    };
    Ok(position)
}

async fn of_the_review(visit: &Visit, id: RequestId, step: &str, form: &Form) -> Result<u64, Problem> {
    let (app, reason) = (&visit.site.app, form.given("reason"));
    let upheld = form.given("upheld").map(|value| value == "true");
    let position = match step {
        "unreasonable" => {
            let input = ProposeUnreasonable { reason, basis: form.given("basis") };
            app.propose_unreasonable(&visit.caller(Action::ProposeUnreasonable, form), id, input).await?.position
        }
        "unreasonable-decision" => {
            let input = DecideUnreasonable { upheld, reason };
            app.decide_unreasonable(&visit.caller(Action::DecideUnreasonable, form), id, input).await?.position
        }
        "appeals" => {
            let input = Appeal { ballot: form.given("ballot"), ground: form.given("ground"), reason };
            app.appeal(&visit.caller(Action::Appeal, form), id, input).await?.position
        }
        "appeal-decisions" => {
            let input = DecideAppeal { ballot: form.given("ballot"), upheld, reason };
            app.decide_appeal(&visit.caller(Action::DecideAppeal, form), id, input).await?.position
        }
        _ => app.enter_ballot(&visit.caller(Action::EnterBallot, form), id, entered(form)).await?.position,
    };
    Ok(position)
}

/// A ballot that the staff enter for somebody, by their telephone or as the call list names them.
pub(super) fn entered(form: &Form) -> EnterBallot {
    let ballot = Rate {
        rating: form.given("rating"),
        reason: form.given("reason"),
        dispatch_wrong: form.ticked("dispatch_wrong").then_some(true),
        reasons: show::picked(form),
        remedy: form.given("remedy"),
        ..Rate::default()
    };
    EnterBallot { person: form.given("person"), phone: form.given("phone"), via: form.given("via"), ballot }
}

async fn of_the_unit(visit: &Visit, id: RequestId, step: &str, form: &Form) -> Result<u64, Problem> {
    let app = &visit.site.app;
    let truth = |name: &str| form.given(name).map(|value| value == "true");
    let position = match step {
        "claim" => app.claim(&visit.caller(Action::Claim, form), id).await?.position,
        "return" => {
            let input = Return { reason: form.given("reason"), basis: form.given("basis") };
            app.give_back(&visit.caller(Action::Return, form), id, input).await?.position
        }
        "progress" => {
            let input = Progress { note: form.given("note") };
            app.progress(&visit.caller(Action::Progress, form), id, input).await?.position
        }
        "complete" => {
            let solved = truth("solved");
            let unsolved_reason = form.given("unsolved_reason").filter(|_| solved == Some(false));
            let input = Complete { answer: form.given("answer"), solved, unsolved_reason };
            app.complete(&visit.caller(Action::Complete, form), id, input).await?.position
        }
        "verify" => {
            let input = Verify { confirmed: truth("confirmed"), note: form.given("note") };
            app.verify(&visit.caller(Action::Verify, form), id, input).await?.position
        }
        _ => {
            visit.permit(Action::Attach)?;
            let (bytes, media_type) = uploaded(visit).await?;
            let input = Attach { tracking_code: None, bytes, media_type };
            app.attach(&visit.who.caller, id, input).await?.position
        }
    };
    Ok(position)
}
