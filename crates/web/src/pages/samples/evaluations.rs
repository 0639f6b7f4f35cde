//! Samples of evaluations, in every stage that looks different.

use super::super::evaluation::{
    Acts, BallotRow, BallotsPage, BoothPage, EvaluationPage, EvaluationsPage, Figures, LotsView, MinutesPage,
    ResultRow, SentBackRow, SessionLine, UnreachedRow, View, VolunteerPage, VolunteerRow, Vote,
};
use super::super::form::Form;
use super::super::line::Choice;
use super::super::texts::Texts;
use super::{Sample, choices, moment, sample, shell};
use sandan_domain::Role;

const HASH: &str = "19b25856e1c150ca834cffc8b59b23adbd0ec0389e58eb22b3b64768098d002b";

pub fn samples(t: Texts) -> Vec<Sample> {
    let (sign_up, drawn, voting, counting, closed) = ("sign_up", "drawn", "voting", "counting", "closed");
    vec![
        sample("evaluations", &list(t)),
        sample("evaluation-sign-up", &one(t, sign_up)),
        sample("evaluation-drawn", &one(t, drawn)),
        sample("evaluation-called-off", &one(t, "called_off")),
        sample("evaluation-voting", &one(t, voting)),
        sample("evaluation-counting", &one(t, counting)),
        sample("evaluation-closed", &one(t, closed)),
        sample(
            "minutes",
            &MinutesPage { t, shell: shell(t, &t.s("minutes"), "/evaluations", None), view: view(t, closed) },
        ),
        sample("volunteer", &volunteer(t, true)),
        sample("volunteer-refused", &volunteer(t, false)),
        sample("booth", &booth(t)),
        sample("ballots", &ballots(t, true)),
        sample("ballots-few", &ballots(t, false)),
    ]
}

fn list(t: Texts) -> EvaluationsPage {
    let line = |stage| SessionLine {
        href: "/evaluations/0197".to_owned(),
        title: t.a("evaluation-quarter", "occasion", "2026-Q4"),
        community: "幸福里社区".to_owned(),
        stage,
    };
    EvaluationsPage {
        t,
        shell: shell(t, &t.s("evaluations-title"), "/evaluations", Some(Role::Dispatcher)),
        lines: vec![line("sign_up"), line("closed")],
        form: Some(Form::empty("announce")),
        communities: choices(),
        units: super::groups(),
    }
}

fn view(t: Texts, stage: &'static str) -> View {
    let has = |stages: &[&str]| stages.contains(&stage);
    let lots = LotsView {
        seed: HASH[..32].to_owned(),
        is_seed: true,
        is_same: true,
        admitted: "1, 2, 4, 5".to_owned(),
        chosen: "2, 5".to_owned(),
        by_lot: true,
    };
    let vote = Vote {
        fingerprint: HASH.to_owned(),
        drawing_until: moment("12月10日 09:00"),
        voting_until: moment("12月12日 18:00"),
        electorate: 30,
        tokens: 28,
        ballots: 27,
    };
    let figures = Figures {
        valid: 27,
        dissatisfied: 9,
        ratings: vec![6, 7, 5, 7, 2],
        reasons: vec![("slow", 2), ("not_done", 5)],
    };
    let row = |figures: Option<Figures>, verdict| ResultRow {
        name: "市政养护所".to_owned(),
        is_bad: verdict == "put_right",
        no_renewal: verdict == "not_competent",
        figures,
        verdict,
    };
    let sent = SentBackRow {
        number: "000012342".to_owned(),
        href: "/requests/0197".to_owned(),
        why: "not_done",
        note: Some("路面未修".to_owned()),
    };
    View {
        href: "/evaluations/0197".to_owned(),
        title: t.a("evaluation-quarter", "occasion", "2026-Q4"),
        community: "幸福里社区".to_owned(),
        stage,
        called_off: (stage == "called_off").then(|| "季度写错了，另行公告".to_owned()),
        project: None,
        is_appraisal: false,
        criteria: "本社区年满十八岁的居民".to_owned(),
        places: 30,
        subjects: vec!["市政养护所".to_owned(), "园林所".to_owned()],
        sign_up_until: moment("11月30日 00:00"),
        seed_hash: HASH.to_owned(),
        signed_up: 41,
        admitted: 38,
        refused: 3,
        lots: has(&["drawn", "voting", "counting", "closed"]).then_some(lots),
        vote: has(&["voting", "counting", "closed"]).then_some(vote),
        results: match stage {
            "closed" => vec![row(Some(figures), "put_right"), row(None, "passed"), row(None, "not_competent")],
            _ => Vec::new(),
        },
        sent_back: if stage == "closed" { vec![sent] } else { Vec::new() },
    }
}

fn unreached() -> Vec<UnreachedRow> {
    let row =
        |name: &str, phone: Option<&str>| UnreachedRow { name: Some(name.to_owned()), phone: phone.map(str::to_owned) };
    vec![row("赵敏", Some("13900139000")), row("钱伟", None)]
}

fn one(t: Texts, stage: &'static str) -> EvaluationPage {
    let act = |of: &str, step| (stage == of).then(|| Form::empty(step));
    let mut refused = Form::empty("screen").with("number", "2");
    refused.complain("reason", t.s("input-missing"));
    let row = |number, screening, form| VolunteerRow {
        number,
        name: "王芳".to_owned(),
        phone: "13800138000".to_owned(),
        screening,
        reason: (screening == "refused").then(|| "不住本社区".to_owned()),
        token: screening == "admitted" && stage == "voting",
        form,
    };
    let screens = |form: Form| (stage == "sign_up").then_some(form);
    EvaluationPage {
        t,
        shell: shell(t, "2026-Q4", "/evaluations/0197", Some(Role::Dispatcher)),
        view: view(t, stage),
        sign_up: (stage == "sign_up").then(|| Form::empty("sign-up")),
        units: vec![Choice::new("parks", "园林所")],
        volunteers: vec![
            row(1, "admitted", screens(Form::empty("screen"))),
            row(2, "waiting", screens(refused)),
            row(3, "refused", None),
        ],
        unreached: if stage == "voting" { unreached() } else { Vec::new() },
        acts: Acts {
            draw: act("sign_up", "draw"),
            open: act("drawn", "open"),
            end: act("voting", "end"),
            close: act("counting", "close"),
            call_off: ["sign_up", "drawn"].contains(&stage).then(|| Form::empty("call-off")),
            send_back: act("closed", "send-back"),
        },
    }
}

fn volunteer(t: Texts, chosen: bool) -> VolunteerPage {
    VolunteerPage {
        t,
        shell: shell(t, &t.s("volunteer-title"), "/evaluations", None),
        view: view(t, "voting"),
        code: "7K3M9QX2T5ABC".to_owned(),
        number: 7,
        screening: if chosen { "admitted" } else { "refused" },
        reason: (!chosen).then(|| "不住本社区".to_owned()),
        chosen,
        token: chosen,
    }
}

fn booth(t: Texts) -> BoothPage {
    BoothPage {
        t,
        shell: shell(t, &t.s("vote-title"), "/evaluations", None),
        id: "0197f3a1-7c40-7d11-9a52-3f1c8e6b1d02".to_owned(),
        view: view(t, "voting"),
        public_key: "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A".to_owned(),
        is_over: false,
        subjects: vec![Choice::new("roads", "市政养护所"), Choice::new("parks", "园林所")],
    }
}

fn ballots(t: Texts, is_shown: bool) -> BallotsPage {
    let answers = if is_shown { vec![format!("园林所: {}", t.of("rating", "satisfied"))] } else { Vec::new() };
    BallotsPage {
        t,
        shell: shell(t, &t.s("ballots-title"), "/evaluations", None),
        view: view(t, if is_shown { "closed" } else { "voting" }),
        ballots: vec![BallotRow { token: HASH.to_owned(), answers }],
        is_shown,
        kept_back: if is_shown { vec!["市政养护所".to_owned()] } else { Vec::new() },
    }
}
