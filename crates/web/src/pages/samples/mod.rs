//! A sample of every page and fragment, rendered in every language: nothing is missing and nothing is broken.
//!
//! With `SANDAN_SAMPLES=folder` the pages are also written there, to be looked at.

mod evaluations;
mod projects;
mod public;
mod scores;
mod staff;
mod words;

use askama::Template;
use sandan_domain::Role;
use sandan_domain::category::Language;

use super::case::Way;
use super::line::{Choice, Entry, Group, Line, Photo, Quote, RateTile, Tile};
use super::moment::Moment;
use super::shell::{Account, Shell};
use super::texts::Texts;

/// A page's name and its HTML.
type Sample = (&'static str, String);

fn sample(name: &'static str, page: &impl Template) -> Sample {
    (name, page.render().unwrap())
}

fn all(t: Texts) -> Vec<Sample> {
    let mut samples = public::samples(t);
    samples.extend(staff::samples(t));
    samples.extend(evaluations::samples(t));
    samples.extend(projects::samples(t));
    samples.extend(scores::samples(t));
    samples
}

#[test]
fn every_page_renders_in_every_language() {
    for language in [Language::Zh, Language::En] {
        let t = Texts::new(language);
        for (name, html) in all(t) {
            words::check_html(name, &html);
            keep(name, t, &html);
        }
    }
}

fn keep(name: &str, t: Texts, html: &str) {
    if let Ok(folder) = std::env::var("SANDAN_SAMPLES") {
        std::fs::write(format!("{folder}/{name}.{}.html", t.tag()), html).unwrap();
    }
}

fn shell(t: Texts, title: &str, path: &str, role: Option<Role>) -> Shell {
    let account = role.map(|role| Account { name: "李敏".to_owned(), role });
    Shell::new(t.language, title, path, account)
}

fn moment(text: &str) -> Moment {
    Moment { iso: "2026-11-02T08:00:00+08:00".to_owned(), text: text.to_owned() }
}

fn line(title: &str, state: &'static str, light: &'static str, due: &str) -> Line {
    Line {
        href: "/requests/0197".to_owned(),
        number: "000012342".to_owned(),
        title: title.to_owned(),
        state,
        light,
        urgent: light == "red",
        round: if light == "yellow" { 2 } else { 1 },
        category: Some("居民服务设施".to_owned()),
        place: Some("第三网格".to_owned()),
        unit: Some("市政养护所".to_owned()),
        filed: moment("11月2日 08:00"),
        due: Some(due.to_owned()).filter(|due| !due.is_empty()),
        claimable: false,
        key: "k".to_owned(),
    }
}

fn lines() -> Vec<Line> {
    vec![
        line("三号楼二单元门口的路灯不亮，老人晚上出门不方便，已经一个星期了", "claimed", "red", "超期 2 天"),
        line("小区东门垃圾清运不及时", "rework", "yellow", "还剩 20 小时"),
        line("希望活动室周末也开放", "dispatched", "green", "还剩 12 天"),
    ]
}

fn choices() -> Vec<Choice> {
    vec![Choice::new("xingfu", "幸福里社区"), Choice::new("heping", "和平里社区")]
}

fn groups() -> Vec<Group> {
    vec![Group {
        label: "城乡建设".to_owned(), choices: vec![Choice::new("城乡建设/安全生产", "安全生产")]
    }]
}

fn tale() -> Vec<Entry> {
    let entry = |sentence: &str, tone, quotes: Vec<Quote>| Entry {
        at: moment("11月2日 08:00"),
        who: Some("派单员".to_owned()),
        sentence: sentence.to_owned(),
        quotes,
        tone,
    };
    let quote =
        Quote { label: "答复".to_owned(), text: "灯泡和整流器已更换，当晚恢复照明。".to_owned() };
    vec![
        entry("居民点单，单号 000012342", "plain", Vec::new()),
        entry("派单给市政养护所", "plain", Vec::new()),
        entry("超过期限", "bad", Vec::new()),
        entry("市政养护所办结并答复", "plain", vec![quote]),
    ]
}

fn photos() -> Vec<Photo> {
    vec![Photo { href: "/static/0/icon.svg".to_owned(), alt: "照片".to_owned() }]
}

fn rates() -> Vec<RateTile> {
    let rate = |name, numerator, denominator| RateTile {
        name,
        numerator,
        denominator,
        numerator_href: Some("/ledger".to_owned()),
        denominator_href: Some("/ledger".to_owned()),
        beside: vec![Way { href: "/ledger".to_owned(), label: "不含 2 件".to_owned() }],
    };
    vec![
        rate("response", 96, 100),
        rate("resolution", 61, 70),
        rate("satisfaction", 188, 203),
        rate("on_time", 64, 70),
        rate("rework", 0, 0),
    ]
}

fn tiles() -> Vec<Tile> {
    let tile = |name: &str, label: &str, count, tone| Tile {
        name: name.to_owned(),
        label: label.to_owned(),
        count,
        href: "/ledger".to_owned(),
        tone,
    };
    vec![
        tile("open", "在办", 128, ""),
        tile("red", "超期", 3, "red"),
        tile("yellow", "临期", 11, "yellow"),
        tile("green", "正常", 114, "green"),
        tile("filed", "今日点单", 9, ""),
        tile("closed", "今日销号", 7, ""),
    ]
}
