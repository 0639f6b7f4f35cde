//! Samples of the score sheet.

use super::super::form::Form;
use super::super::line::Choice;
use super::super::score::{
    EnterForms, EntriesOf, EntryRow, MemberRow, Paged, PartCell, PartHead, ScoresPage, SheetView, UnitRow,
};
use super::super::texts::Texts;
use super::{Sample, choices, sample, shell};
use sandan_domain::Role;

pub fn samples(t: Texts) -> Vec<Sample> {
    let none = ScoresPage {
        t,
        shell: shell(t, &t.s("scores-title"), "/scores", Some(Role::Supervisor)),
        communities: choices(),
        year: 2026,
        sheet: None,
    };
    vec![
        sample("scores", &page(t, Role::Dispatcher)),
        sample("scores-unit", &page(t, Role::Unit)),
        sample("scores-none", &none),
    ]
}

fn cell(name: &'static str, weight: u32, numerator: &str, denominator: &str, points: &str, linked: bool) -> PartCell {
    let href = || linked.then(|| "/ledger?rate=on_time".to_owned());
    PartCell {
        name,
        weight,
        numerator: numerator.to_owned(),
        denominator: denominator.to_owned(),
        numerator_href: href(),
        denominator_href: href(),
        points: points.to_owned(),
    }
}

fn page(t: Texts, role: Role) -> ScoresPage {
    let runs = role == Role::Dispatcher;
    let parts = vec![
        cell("on_time", 30, "9", "10", "90.00", runs),
        cell("satisfaction", 40, "18", "20", "90.00", runs),
        cell("commitments", 15, "0", "0", "—", false),
        cell("hours", 15, "10:00", "40:00", "25.00", false),
    ];
    let member = |number, hours: &str| MemberRow {
        unit: "市政养护所".to_owned(),
        number,
        href: format!("/scores?community=xingfu&year=2026&unit=sanitation&member={number}#entries"),
        check_ins: 12,
        hours: hours.to_owned(),
        counted: hours.to_owned(),
        only_checked_in: hours == "0:00",
    };
    let entry = |entry, hours: Option<&str>, struck: Option<&str>| EntryRow {
        entry,
        day: "2026-10-18".to_owned(),
        unit: "市政养护所".to_owned(),
        member: Some(1),
        hours: hours.map(str::to_owned),
        activity: "河边清洁".to_owned(),
        evidence: hours.map_or("", |_| "签到表和照片").to_owned(),
        struck: struck.map(str::to_owned),
    };
    let enter = || EnterForms {
        hours: Form::empty("hours"),
        check_in: Form::empty("check-in"),
        commitments: Form::empty("commitments"),
        strike_out: Form::empty("strike-out"),
    };
    let sheet = SheetView {
        community: "xingfu".to_owned(),
        name: "幸福里社区".to_owned(),
        policy: t.s("scores-policy-standard"),
        target_hours: 20,
        parts: parts.iter().map(|part| PartHead { name: part.name, weight: part.weight }).collect(),
        units: vec![UnitRow {
            name: "市政养护所".to_owned(),
            score: "78.53".to_owned(),
            parts,
            evidence: Some("公开承诺清单".to_owned()),
        }],
        community_score: "55.00".to_owned(),
        community_parts: vec![
            cell("dispatch", 40, "2", "2", "100.00", false),
            cell("support", 30, "1", "2", "50.00", false),
            cell("response", 30, "0", "2", "0.00", false),
        ],
        people: Paged { rows: vec![member(1, "10:00"), member(2, "0:00")], first: None, next: None },
        entries: Paged {
            rows: vec![entry(3, Some("2:30"), None), entry(2, None, None), entry(1, Some("1:00"), Some("登记错人"))],
            first: Some("/scores?community=xingfu&year=2026#entries".to_owned()),
            next: Some("/scores?community=xingfu&year=2026&cursor=1#entries".to_owned()),
        },
        filter: EntriesOf {
            units: vec![Choice::new("sanitation", "市政养护所")],
            member: runs.then_some(1),
            all: Some("/scores?community=xingfu&year=2026#entries".to_owned()),
        },
        enter: runs.then(enter),
        rate: (role == Role::Unit).then(|| Form::empty("rate")),
        choices: vec![Choice::new("sanitation", "市政养护所")],
    };
    ScoresPage {
        t,
        shell: shell(t, &t.s("scores-title"), "/scores", Some(role)),
        communities: choices(),
        year: 2026,
        sheet: Some(sheet),
    }
}
