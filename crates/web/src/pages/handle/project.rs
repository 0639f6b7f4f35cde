//! `/projects`: asks the application, as evaluations' pages do.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Redirect;
use sandan_app::{
    Action, AddRequest, Close, FinishProject, OpenProject, Register, RegisteredLine, StageDone, StageLine,
};
use sandan_domain::ProjectId;
use sandan_domain::project::{Phase, Plan};
use sandan_domain::request::Case;
use sandan_views::Sight;
use uuid::Uuid;

use super::names::Names;
use super::project_view::{line, view};
use super::show;
use crate::lookup;
use crate::pages::form::Form;
use crate::pages::project::{ProjectActs, ProjectPage, ProjectsPage, RegisteredPage, RegisteredRow};
use crate::pages::visit::{Answer, Visit, on, page, with_status};
use crate::problem::Problem;

pub(crate) async fn list(visit: Visit) -> Answer {
    page(&list_page(&visit, Form::empty("project")).await?)
}

async fn list_page(visit: &Visit, form: Form) -> Result<ProjectsPage, Problem> {
    let all = visit.site.views.communities(&Sight::All).await?;
    let mine = if visit.who.is_recognised() { visit.sight().await? } else { Sight::All };
    let own = visit.site.views.communities(&mine).await?;
    let names = Names::of(&visit.site.views, all.iter().map(|view| &view.slug)).await?;
    let mut lines = Vec::new();
    for community in &all {
        for (id, plan) in visit.site.app.projects(&community.slug).await? {
            lines.push(line(visit, id, &plan, &community.name, &names));
        }
    }
    // What is under way stands before what is closed.
    lines.sort_by_key(|line| line.phase == "closed");
    Ok(ProjectsPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("projects-title")),
        lines,
        form: visit.who.may(Action::RunProject).then_some(form),
        communities: show::communities(&own, None),
    })
}

pub(crate) async fn open(visit: Visit) -> Answer {
    let form = visit.form("project");
    let lines = |name: &str| form.value(name).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
    let input = OpenProject {
        community: form.given("community"),
        name: form.given("name"),
        title: form.given("title"),
        responsible: form.given("responsible"),
        unit: form.given("unit"),
        requests: lines("requests").collect(),
        stages: lines("stages").map(|line| stage(&line)).collect(),
    };
    match visit.site.app.open_project(&visit.caller(Action::RunProject, &form), input).await {
        Ok(done) => Ok(on(&format!("/projects/{}", done.outcome.project), "saved", done.position)),
        Err(refusal) => {
            let (status, form) = refuse(&visit, form, refusal.into())?;
            with_status(status, &list_page(&visit, form).await?)
        }
    }
}

/// What is wrong with one line of a list is said at its field.
fn refuse(visit: &Visit, form: Form, mut problem: Problem) -> Result<(StatusCode, Form), Problem> {
    for error in &mut problem.errors {
        for list in ["requests", "stages"] {
            if error.field.starts_with(list) {
                list.clone_into(&mut error.field);
            }
        }
    }
    form.refuse(visit.t, problem)
}

/// A line: `2026-12-20 | name`.
fn stage(line: &str) -> StageLine {
    let (due, name) = line.split_once(['|', '｜']).unwrap_or((line, ""));
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    StageLine { name: given(name), due: given(due) }
}

pub(crate) async fn show_one(Path(id): Path<Uuid>, visit: Visit) -> Answer {
    page(&one_page(&visit, ProjectId(id), None).await?)
}

/// The code stands in the address, as a request's does; it is in no log.
pub(crate) async fn registered(Path((id, code)): Path<(Uuid, String)>, visit: Visit) -> Answer {
    let id = ProjectId(id);
    lookup::registered(&visit.site, &visit.who, &code, id).await?;
    let plan = visit.site.app.project(id).await?;
    page(&RegisteredPage {
        t: visit.t,
        shell: visit.shell(visit.t.s("registered-title")),
        view: view(&visit, id, &plan, false).await?,
        code: super::home::normal(&code),
    })
}

/// A refused form leaves its address in the browser.
pub(crate) async fn back(Path((id, _)): Path<(Uuid, String)>) -> Redirect {
    Redirect::to(&format!("/projects/{id}"))
}

pub(crate) async fn take(Path((id, step)): Path<(Uuid, String)>, visit: Visit) -> Answer {
    const STEPS: [&str; 5] = ["register", "add-request", "stage-done", "finish", "close"];
    let step = STEPS.into_iter().find(|known| *known == step).ok_or_else(Problem::not_found)?;
    let (id, form) = (ProjectId(id), visit.form(step));
    let _place = visit.site.door.place()?;
    match run(&visit, id, step, &form).await {
        Ok((to, position)) => Ok(on(&to, "saved", position)),
        Err(problem) => {
            let (status, form) = form.refuse(visit.t, problem)?;
            with_status(status, &one_page(&visit, id, Some((step, form))).await?)
        }
    }
}

/// Where it leads, and the position to wait for.
async fn run(visit: &Visit, id: ProjectId, step: &str, form: &Form) -> Result<(String, u64), Problem> {
    let app = &visit.site.app;
    let by = |action| visit.caller(action, form);
    let done = match step {
        "register" => {
            let given = |name: &str| form.given(name);
            let (name, phone, email) = (given("name"), given("phone"), given("email"));
            let input = Register { name, phone, email, works_for: given("works_for") };
            let done = app.register_for(&by(Action::Register), id, input).await?;
            return Ok((format!("/projects/{id}/registered/{}", done.outcome.code), done.position));
        }
        "add-request" => {
            app.add_request(&by(Action::RunProject), id, AddRequest { request: form.given("request") }).await?
        }
        "stage-done" => {
            let stage = form.given("stage").and_then(|stage| stage.parse().ok());
            app.stage_done(&by(Action::RunProject), id, StageDone { stage }).await?
        }
        "finish" => {
            let input = FinishProject {
                answer: form.given("answer"),
                voting_until: form.given("voting_until"),
                ..FinishProject::default()
            };
            app.finish_project(&by(Action::RunProject), id, input).await?
        }
        _ => app.close_project(&by(Action::Close), id, Close { reason: form.given("reason") }).await?,
    };
    Ok((format!("/projects/{id}"), done.position))
}

async fn one_page(visit: &Visit, id: ProjectId, refused: Option<(&'static str, Form)>) -> Result<ProjectPage, Problem> {
    let plan = visit.site.app.project(id).await?;
    let is_near = visit.site.app.who_may_see(&visit.who.caller, &plan.community).await.is_ok();
    let runs = is_near && visit.who.may(Action::RunProject);
    let again = |step: &'static str| match &refused {
        Some((of, form)) if *of == step => form.clone(),
        _ => Form::empty(step),
    };
    let registered = if runs { visit.site.app.registered(&visit.who.caller, id).await? } else { Vec::new() };
    let row = |RegisteredLine { name, phone, token, .. }| RegisteredRow {
        name: name.unwrap_or_default(),
        phone: phone.unwrap_or_default(),
        token,
    };
    let mut view = view(visit, id, &plan, is_near && visit.who.may(Action::See)).await?;
    for stage in &mut view.stages {
        let is_open = runs && stage.done.is_none();
        stage.form = is_open.then(|| match &refused {
            Some(("stage-done", form)) if form.is("stage", &stage.nth.to_string()) => form.clone(),
            _ => Form::empty("stage-done"),
        });
    }
    let is_closed = matches!(plan.phase, Phase::Closed(_));
    let closes = is_near && visit.who.may(Action::Close);
    Ok(ProjectPage {
        t: visit.t,
        shell: visit.shell(&*plan.title),
        view,
        register: (!is_closed && visit.who.may(Action::Register)).then(|| again("register")),
        registered: registered.into_iter().map(row).collect(),
        acts: acts(&plan, runs, closes, again),
    })
}

fn acts(plan: &Plan, runs: bool, closes: bool, again: impl Fn(&'static str) -> Form) -> ProjectActs {
    let is_worked_on = matches!(plan.phase, Phase::Working | Phase::Rework(_));
    let is_done = plan.stages_open() == 0;
    ProjectActs {
        add_request: (runs && is_worked_on).then(|| again("add-request")),
        finish: (runs && is_worked_on && is_done).then(|| again("finish")),
        close: (closes && is_worked_on && plan.reworks() >= Case::REWORKS_UNTIL_OVERSIGHT).then(|| again("close")),
    }
}
