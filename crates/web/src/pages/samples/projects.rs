//! Samples of projects, in every phase that looks different.

use super::super::form::Form;
use super::super::line::Choice;
use super::super::project::{
    ProjectActs, ProjectLine, ProjectPage, ProjectView, ProjectsPage, RegisteredPage, RegisteredRow, RoundRow,
    ServedRow, StageRow,
};
use super::super::texts::Texts;
use super::{Sample, choices, moment, sample, shell};
use sandan_domain::Role;

pub fn samples(t: Texts) -> Vec<Sample> {
    let title = t.s("registered-title");
    let registered = RegisteredPage {
        t,
        shell: shell(t, &title, "/projects", None),
        view: view("in_review"),
        code: "0123456789ABC".to_owned(),
    };
    vec![
        sample("projects", &list(t)),
        sample("project-working", &one(t, "working")),
        sample("project-in-review", &one(t, "in_review")),
        sample("project-rework", &one(t, "rework")),
        sample("project-closed", &one(t, "closed")),
        sample("project-registered", &registered),
    ]
}

fn list(t: Texts) -> ProjectsPage {
    let line = |phase, light| ProjectLine {
        href: "/projects/0197".to_owned(),
        title: "滨河步道".to_owned(),
        community: "幸福里社区".to_owned(),
        unit: "市政养护所".to_owned(),
        phase,
        light,
        stages_done: 1,
        stages: 2,
    };
    ProjectsPage {
        t,
        shell: shell(t, &t.s("projects-title"), "/projects", Some(Role::Dispatcher)),
        lines: vec![line("working", "green"), line("rework", "yellow"), line("closed", "none")],
        form: Some(Form::empty("project")),
        communities: choices(),
    }
}

fn view(phase: &'static str) -> ProjectView {
    let stage = |nth, is_done: bool| StageRow {
        nth,
        name: "铺设路面".to_owned(),
        due: "12月20日内（还剩 18 天）".to_owned(),
        done: is_done.then(|| moment("12月10日 09:00")),
        is_late: nth == 2 && !is_done,
        form: (!is_done).then(|| Form::empty("stage-done")),
    };
    let round = |nth, verdict: Option<&'static str>| RoundRow {
        href: "/evaluations/0197".to_owned(),
        nth,
        is_open: verdict.is_none(),
        voting_until: moment("12月28日 00:00"),
        electorate: 30,
        tokens: 28,
        figures: verdict.map(|_| (27, 9)),
        verdict,
        is_bad: verdict == Some("put_right"),
    };
    let rounds = match phase {
        "in_review" => vec![round(2, None), round(1, Some("put_right"))],
        "rework" => vec![round(1, Some("put_right"))],
        "closed" => vec![round(1, Some("passed"))],
        _ => Vec::new(),
    };
    let served = |state, href: Option<&str>| ServedRow {
        number: "000012342".to_owned(),
        title: "路灯不亮".to_owned(),
        state,
        href: href.map(str::to_owned),
    };
    ProjectView {
        href: "/projects/0197".to_owned(),
        title: "滨河步道".to_owned(),
        community: "幸福里社区".to_owned(),
        responsible: "社区大党委 王敏".to_owned(),
        unit: Choice::new("sanitation", "市政养护所"),
        phase,
        light: if phase == "closed" { "none" } else { "yellow" },
        reworks: if phase == "working" { 0 } else { 1 },
        due: (phase == "rework").then(|| "1月8日内（还剩 6 天）".to_owned()),
        stages: vec![stage(1, true), stage(2, phase != "working")],
        answer: (phase != "working").then(|| "步道已铺好，路灯已装齐。".to_owned()),
        registered: 2,
        rounds,
        requests: vec![served("claimed", Some("/requests/0197")), served("closed", None)],
        closing: (phase == "closed").then_some("dissatisfied"),
        closed_because: (phase == "closed").then(|| "三次回炉后仍不满意，另行立项。".to_owned()),
    }
}

fn one(t: Texts, phase: &'static str) -> ProjectPage {
    let row = |name: &str, token| RegisteredRow { name: name.to_owned(), phone: "13800000000".to_owned(), token };
    let is_worked_on = matches!(phase, "working" | "rework");
    ProjectPage {
        t,
        shell: shell(t, "滨河步道", "/projects", Some(Role::Dispatcher)),
        view: view(phase),
        register: (phase != "closed").then(|| Form::empty("register")),
        registered: vec![row("张伟", true), row("刘洋", false)],
        acts: ProjectActs {
            add_request: is_worked_on.then(|| Form::empty("add-request")),
            finish: (phase == "rework").then(|| Form::empty("finish")),
            close: (phase == "rework").then(|| Form::empty("close")),
        },
    }
}
