//! `/evaluations`: asks the application, not the read models: an evaluation's pages are exact to the ballot.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Redirect;
use sandan_app::notices::Unreached;
use sandan_app::{
    Action, Announce, CallOff, EndEvaluation, OpenEvaluation, Screen, SendBack, SubjectInput, Volunteer, VolunteerLine,
};
use sandan_domain::EvaluationId;
use sandan_domain::evaluation::{Session, Stage};
use sandan_views::{CommunityView, Sight, UnitView};
use uuid::Uuid;

use super::evaluation_view::{self, ballots as ballot_rows, view};
use super::show;
use crate::lookup;
use crate::pages::evaluation::{
    Acts, BallotsPage, BoothPage, EvaluationPage, EvaluationsPage, SessionLine, UnreachedRow, VolunteerPage,
    VolunteerRow,
};
use crate::pages::form::Form;
use crate::pages::line::{Choice, Group};
use crate::pages::visit::{Answer, Visit, on, page, with_status};
use crate::problem::Problem;

pub(crate) async fn list(visit: Visit) -> Answer {
    page(&list_page(&visit, Form::empty("announce")).await?)
}

async fn list_page(visit: &Visit, form: Form) -> Result<EvaluationsPage, Problem> {
    let all = visit.site.views.communities(&Sight::All).await?;
    let mine = if visit.who.is_recognised() { visit.sight().await? } else { Sight::All };
    let own = visit.site.views.communities(&mine).await?;
    let runs = visit.who.may(Action::RunEvaluation);
    let mut lines = Vec::new();
    for community in &all {
        for (id, session) in visit.site.app.evaluations(&community.slug).await?.into_iter().rev() {
            // A project's reviews stand with the project.
            if session.occasion.project().is_some() {
                continue;
            }
            lines.push(SessionLine {
                href: format!("/evaluations/{id}"),
                title: evaluation_view::title(visit.t, &session),
                community: community.name.clone(),
                stage: evaluation_view::stage(&session, visit.calendar().now),
            });
        }
    }
    Ok(EvaluationsPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("evaluations-title")),
        lines,
        units: if runs { units(visit, &own, &form).await? } else { Vec::new() },
        form: runs.then_some(form),
        communities: show::communities(&own, None),
    })
}

/// The units to pick from, by community.
async fn units(visit: &Visit, communities: &[CommunityView], form: &Form) -> Result<Vec<Group>, Problem> {
    let all = visit.site.views.units(&visit.sight().await?, None).await?;
    let choice = |unit: &UnitView| {
        let value = format!("{}/{}", unit.community, unit.slug);
        let chosen = form.ticked(&format!("unit_{value}"));
        Choice { chosen, ..Choice::new(value, unit.name.clone()) }
    };
    let of = |community: &CommunityView| Group {
        label: community.name.clone(),
        choices: all.iter().filter(|unit| unit.community == community.slug).map(choice).collect(),
    };
    Ok(communities.iter().map(of).filter(|group| !group.choices.is_empty()).collect())
}

/// The units that were ticked, and those of another community than the form names.
fn picked(groups: Vec<Group>, community: &str) -> (Vec<SubjectInput>, bool) {
    let chosen = groups.into_iter().flat_map(|group| group.choices).filter(|choice| choice.chosen);
    let (mut own, mut has_others) = (Vec::new(), false);
    for choice in chosen {
        match choice.value.split_once('/') {
            Some((of, unit)) if of == community => {
                own.push(SubjectInput { id: Some(unit.to_owned()), ..SubjectInput::default() });
            }
            _ => has_others = true,
        }
    }
    (own, has_others)
}

pub(crate) async fn announce(visit: Visit) -> Answer {
    let mut form = visit.form("announce");
    visit.permit(Action::RunEvaluation)?;
    let own = visit.site.views.communities(&visit.sight().await?).await?;
    let (mut subjects, has_others) = picked(units(&visit, &own, &form).await?, form.value("community").trim());
    subjects.extend(form.value("subjects").lines().filter(|line| !line.trim().is_empty()).map(subject));
    if has_others {
        form.complain("subjects", visit.t.s("evaluation-unit-elsewhere"));
        return with_status(StatusCode::UNPROCESSABLE_ENTITY, &list_page(&visit, form).await?);
    }
    let input = Announce {
        community: form.given("community"),
        occasion: form.given("occasion"),
        subjects,
        criteria: form.given("criteria"),
        places: form.given("places").map(|places| places.trim().parse().unwrap_or(0)),
        sign_up_until: form.given("sign_up_until").map(|local| instant(&visit, &local)),
    };
    match visit.site.app.announce(&visit.caller(Action::RunEvaluation, &form), input).await {
        Ok(done) => Ok(on(&format!("/evaluations/{}", done.outcome.evaluation), "saved", done.position)),
        Err(refusal) => {
            let (status, form) = refuse(&visit, form, refusal.into())?;
            with_status(status, &list_page(&visit, form).await?)
        }
    }
}

/// What is wrong with one line of the subjects is said at their field.
fn refuse(visit: &Visit, form: Form, mut problem: Problem) -> Result<(StatusCode, Form), Problem> {
    for error in &mut problem.errors {
        if error.field.starts_with("subjects") {
            "subjects".clone_into(&mut error.field);
        }
    }
    form.refuse(visit.t, problem)
}

/// A line: a unit's slug, or `id | officer | name` and `id | worker | name`.
fn subject(line: &str) -> SubjectInput {
    let mut parts = line.split(['|', '｜']).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty());
    SubjectInput { id: parts.next(), kind: parts.next(), name: parts.next() }
}

pub(crate) async fn show_one(Path(id): Path<Uuid>, visit: Visit) -> Answer {
    page(&one_page(&visit, EvaluationId(id), None).await?)
}

pub(crate) async fn ballots(Path(id): Path<Uuid>, visit: Visit) -> Answer {
    let id = EvaluationId(id);
    let session = visit.site.app.evaluation(id).await?;
    page(&BallotsPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("ballots-title")),
        view: view(&visit, id, &session).await?,
        ballots: ballot_rows(visit.t, &session),
        is_shown: session.shows_answers(),
        kept_back: session.kept_back().map(|subject| subject.name.clone()).collect(),
    })
}

pub(crate) async fn booth(Path(id): Path<Uuid>, visit: Visit) -> Answer {
    let id = EvaluationId(id);
    let session = visit.site.app.evaluation(id).await?;
    // After the count whoever voted in this browser is shown that their ballot is in the log, and nobody draws a token.
    let (Stage::Voting(_, poll) | Stage::Closed(_, poll, _)) = &session.stage else {
        return Ok(axum::response::IntoResponse::into_response(Redirect::to(&format!("/evaluations/{id}"))));
    };
    let subjects = session.subjects.iter().map(|subject| Choice::new(subject.id.as_str(), subject.name.clone()));
    page(&BoothPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("vote-title")),
        id: id.to_string(),
        public_key: poll.public_key.clone(),
        is_over: matches!(session.stage, Stage::Closed(..)),
        subjects: subjects.collect(),
        view: view(&visit, id, &session).await?,
    })
}

/// The code stands in the address, as a request's does; it is masked in every log.
pub(crate) async fn volunteer(Path((id, code)): Path<(Uuid, String)>, visit: Visit) -> Answer {
    let id = EvaluationId(id);
    let person = lookup::volunteer(&visit.site, &visit.who, Some(&code), id).await?;
    let session = visit.site.app.evaluation(id).await?;
    let line = visit.site.app.volunteer(id, person).await?;
    page(&VolunteerPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("volunteer-title")),
        view: view(&visit, id, &session).await?,
        code: super::home::normal(&code),
        number: line.number,
        screening: line.screening.name(),
        reason: line.reason,
        chosen: line.chosen,
        token: line.token,
    })
}

/// On to how one's own volunteering stands.
pub(crate) async fn follow(Path(id): Path<Uuid>, visit: Visit) -> Answer {
    let code = super::home::normal(visit.sent.get("code").unwrap_or_default());
    let there = if code.is_empty() { "0".to_owned() } else { code };
    Ok(axum::response::IntoResponse::into_response(Redirect::to(&format!("/evaluations/{id}/volunteer/{there}"))))
}

const STEPS: [&str; 8] = ["sign-up", "screen", "draw", "open", "end", "close", "call-off", "send-back"];

fn known_step(step: &str) -> Result<&'static str, Problem> {
    STEPS.into_iter().find(|known| *known == step).ok_or_else(Problem::not_found)
}

/// A refused form leaves its address in the browser.
pub(crate) async fn back(Path((id, step)): Path<(Uuid, String)>) -> Result<Redirect, Problem> {
    known_step(&step)?;
    Ok(Redirect::to(&format!("/evaluations/{id}")))
}

pub(crate) async fn take(Path((id, step)): Path<(Uuid, String)>, visit: Visit) -> Answer {
    let step = known_step(&step)?;
    let (id, form) = (EvaluationId(id), visit.form(step));
    let _place = visit.site.door.place()?;
    let here = format!("/evaluations/{id}");
    let done = match step {
        "sign-up" => sign_up(&visit, id, &form).await,
        _ => run(&visit, id, step, &form).await.map(|position| (here, position)),
    };
    match done {
        Ok((to, position)) => Ok(on(&to, "saved", position)),
        Err(problem) => {
            let (status, form) = form.refuse(visit.t, problem)?;
            with_status(status, &one_page(&visit, id, Some((step, form))).await?)
        }
    }
}

async fn sign_up(visit: &Visit, id: EvaluationId, form: &Form) -> Result<(String, u64), Problem> {
    let (name, phone, email) = (form.given("name"), form.given("phone"), form.given("email"));
    let input = Volunteer { name, phone, email, works_for: form.given("works_for") };
    let done = visit.site.app.sign_up(&visit.caller(Action::Volunteer, form), id, input).await?;
    Ok((format!("/evaluations/{id}/volunteer/{}", done.outcome.code), done.position))
}

async fn run(visit: &Visit, id: EvaluationId, step: &str, form: &Form) -> Result<u64, Problem> {
    let (app, caller) = (&visit.site.app, visit.caller(Action::RunEvaluation, form));
    let done = match step {
        "screen" => {
            let number = form.given("number").and_then(|number| number.parse().ok());
            let admitted = form.given("admitted").map(|admitted| admitted == "true");
            app.screen(&caller, id, Screen { number, admitted, reason: form.given("reason") }).await?
        }
        "draw" => app.draw_lots(&caller, id).await?,
        "open" => {
            let at = |name: &str| form.given(name).map(|local| instant(visit, &local));
            let input = OpenEvaluation { drawing_until: at("drawing_until"), voting_until: at("voting_until") };
            app.open_evaluation(&caller, id, input).await?
        }
        "end" => app.end_evaluation(&caller, id, EndEvaluation { phase: form.given("phase") }).await?,
        "close" => app.close_evaluation(&caller, id).await?,
        "call-off" => app.call_off(&caller, id, CallOff { reason: form.given("reason") }).await?,
        _ => {
            let input = SendBack { request: form.given("request"), why: form.given("why"), note: form.given("note") };
            app.send_back(&caller, id, input).await?
        }
    };
    Ok(done.position)
}

/// What a browser's field for a local time says, in the place's zone. A day alone stays one.
fn instant(visit: &Visit, local: &str) -> String {
    let parsed = local.parse::<jiff::civil::DateTime>().ok().filter(|_| local.contains('T'));
    let zoned = parsed.and_then(|local| local.to_zoned(visit.calendar().zone).ok());
    zoned.map_or_else(|| local.to_owned(), |zoned| zoned.timestamp().to_string())
}

async fn one_page(
    visit: &Visit,
    id: EvaluationId,
    refused: Option<(&'static str, Form)>,
) -> Result<EvaluationPage, Problem> {
    let session = visit.site.app.evaluation(id).await?;
    let runs = visit.who.may(Action::RunEvaluation)
        && visit.site.app.who_may_see(&visit.who.caller, &session.community).await.is_ok();
    let now = visit.calendar().now;
    let again = |step: &'static str| match &refused {
        Some((of, form)) if *of == step => form.clone(),
        _ => Form::empty(step),
    };
    let is_sign_up = matches!(session.stage, Stage::SignUp);
    let volunteers = if runs { visit.site.app.volunteers(&visit.who.caller, id).await? } else { Vec::new() };
    let bad = refused.as_ref().filter(|(step, _)| *step == "screen").map(|(_, form)| form);
    let row = |line: VolunteerLine| volunteer_row(line, is_sign_up, bad);
    let sign_up = (is_sign_up && now < session.sign_up_until).then(|| again("sign-up"));
    let units = session.subjects.iter().map(|subject| Choice::new(subject.id.as_str(), subject.name.clone()));
    let unreached = unreached(visit, id, &session).await?.into_iter();
    Ok(EvaluationPage {
        t: visit.t,
        shell: visit.shell(evaluation_view::title(visit.t, &session)),
        view: view(visit, id, &session).await?,
        sign_up,
        units: units.collect(),
        volunteers: volunteers.into_iter().map(row).collect(),
        unreached: unreached.map(|Unreached { name, phone, .. }| UnreachedRow { name, phone }).collect(),
        acts: if runs { acts(&session, now, again) } else { Acts::default() },
    })
}

/// For whoever rings people up there, and nobody else.
pub(super) async fn unreached(visit: &Visit, id: EvaluationId, session: &Session) -> Result<Vec<Unreached>, Problem> {
    let calls =
        visit.who.may(Action::Call) && visit.site.app.who_may_see(&visit.who.caller, &session.community).await.is_ok();
    Ok(if calls { visit.site.app.unreached(&visit.who.caller, id).await? } else { Vec::new() })
}

fn acts(session: &Session, now: jiff::Timestamp, again: impl Fn(&'static str) -> Form) -> Acts {
    let mut acts = Acts::default();
    match &session.stage {
        Stage::SignUp => acts.draw = (now >= session.sign_up_until).then(|| again("draw")),
        Stage::Drawn(_) => acts.open = Some(again("open")),
        Stage::Voting(_, poll) if poll.voting_is_over(now) => acts.close = Some(again("close")),
        Stage::Voting(..) => acts.end = Some(again("end")),
        Stage::Closed(..) if session.occasion.project().is_some() => {}
        Stage::Closed(..) => acts.send_back = Some(again("send-back")),
        Stage::CalledOff { .. } => {}
    }
    if matches!(session.stage, Stage::SignUp | Stage::Drawn(_)) {
        acts.call_off = Some(again("call-off"));
    }
    acts
}

fn volunteer_row(line: VolunteerLine, may_screen: bool, bad: Option<&Form>) -> VolunteerRow {
    let number = line.number.to_string();
    let form = bad.filter(|form| form.is("number", &number)).cloned().unwrap_or_else(|| Form::empty("screen"));
    VolunteerRow {
        number: line.number,
        name: line.name.unwrap_or_default(),
        phone: line.phone.unwrap_or_default(),
        screening: line.screening.name(),
        reason: line.reason,
        token: line.token,
        form: may_screen.then_some(form),
    }
}
