//! The templates, Chinese first: short enough for a telephone, whole enough for a letter.

use crate::notices::letter::{Facts, Words};
use crate::notices::lines;
use crate::notices::told::Kind;

/// What a notice says, in Chinese and in English.
pub(super) fn of(kind: Kind, facts: &Facts) -> [Words; 2] {
    let Facts { said, url, .. } = facts;
    let (zh, en) = subjects(kind, facts);
    let (said_zh, said_en) = said_in(kind, said);
    let (zh_line, en_line) = lines::of(kind, facts);
    let words = |subject, line: String, said: String| {
        let parts = [line, said, url.clone()];
        let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
        Words { subject, text }
    };
    [words(zh, zh_line, said_zh), words(en, en_line, said_en)]
}

fn subjects(kind: Kind, facts: &Facts) -> (String, String) {
    let (zh, en) = topic(kind);
    if facts.number.is_empty() {
        let [title_zh, title_en] = &facts.title;
        return (format!("【三单】{zh} {}", title_zh.trim()), format!("{title_en}: {en}"));
    }
    (format!("【三单】{zh} {}", facts.number), format!("{} {en}", facts.number))
}

/// What a notice is about, in Chinese and in English.
pub(super) const fn topic(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Received => ("诉求已收到", "received"),
        Kind::Dispatched | Kind::UnitDispatched => ("已派单", "dispatched"),
        Kind::Pooled => ("待认领", "open to be claimed"),
        Kind::Extended => ("已延期", "more time granted"),
        Kind::Completed => ("已办结，请评价", "completed, please rate it"),
        Kind::Invited => ("请您评价", "please rate it"),
        Kind::Reworked | Kind::UnitReworked => ("退回重办", "done again"),
        Kind::Closed => ("已销号", "closed"),
        Kind::Rejected => ("未予受理", "not taken on"),
        Kind::Merged => ("已合并办理", "joined to another"),
        Kind::Withdrawn => ("已撤回", "withdrawn"),
        Kind::VoteOpened => ("请您匿名评价", "please rate it without your name"),
        Kind::VoteInvited => ("请您领票评价", "the vote still waits for you"),
        Kind::VoteCalledOff => ("评价取消", "called off"),
        Kind::UnitReminded => ("催办", "reminder"),
        Kind::UnitOverdue => ("已超期", "overdue"),
        Kind::UnitReturned => ("退单已登记", "return noted"),
        Kind::UnitRuled => ("退单审定", "ruled on"),
        Kind::Duty => ("紧急，请值班研判", "urgent, for the duty desk"),
        Kind::UnitSupervised | Kind::Supervised => ("督办", "supervision order"),
        Kind::Escalated => ("已上报", "escalated"),
        Kind::HonourAsked => ("请社区提出意见", "the community's opinion is asked for"),
        Kind::HonourAnswered => ("社区已答复", "the community has answered"),
        Kind::Burst => ("集中附议", "many joined at once"),
        Kind::UnreasonableProposed => ("待认定：不合理诉求", "to decide: called unreasonable"),
        Kind::Appealed => ("待复核：评价申诉", "to decide: an appeal"),
        Kind::ThirdRework => ("多次重办，监事会处理", "for the oversight board"),
    }
}

/// The answer or reason, where the notice is about it.
fn said_in(kind: Kind, said: &str) -> (String, String) {
    let labels = match kind {
        Kind::Completed | Kind::Closed | Kind::VoteOpened => ("答复", "The answer"),
        Kind::Extended
        | Kind::Rejected
        | Kind::Merged
        | Kind::Withdrawn
        | Kind::UnitReturned
        | Kind::UnitRuled
        | Kind::HonourAnswered => ("理由", "The reason"),
        Kind::UnitDispatched => ("备注", "Note"),
        _ => return Default::default(),
    };
    if said.is_empty() {
        return Default::default();
    }
    (format!("{}：{said}", labels.0), format!("{}: {said}", labels.1))
}

#[cfg(test)]
mod tests {
    use sandan_domain::Level;

    use super::*;

    const KINDS: [Kind; 30] = [
        Kind::Received,
        Kind::Dispatched,
        Kind::Pooled,
        Kind::Extended,
        Kind::Completed,
        Kind::Invited,
        Kind::Reworked,
        Kind::Closed,
        Kind::Rejected,
        Kind::Merged,
        Kind::Withdrawn,
        Kind::VoteOpened,
        Kind::VoteInvited,
        Kind::VoteCalledOff,
        Kind::UnitDispatched,
        Kind::UnitReminded,
        Kind::UnitOverdue,
        Kind::UnitReturned,
        Kind::UnitRuled,
        Kind::UnitReworked,
        Kind::UnitSupervised,
        Kind::Duty,
        Kind::Supervised,
        Kind::Escalated,
        Kind::HonourAsked,
        Kind::HonourAnswered,
        Kind::Burst,
        Kind::UnreasonableProposed,
        Kind::Appealed,
        Kind::ThirdRework,
    ];

    fn is_chinese(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    #[test]
    fn r10_an_escalation_names_its_level_and_who_answers_there() {
        let facts =
            Facts { unit: "物业".to_owned(), level: Some(Level::Grid), lead: "王".to_owned(), ..Facts::default() };
        let [zh, en] = of(Kind::Escalated, &facts);
        assert!(zh.text.contains("上报网格长（王）处理；现由 物业 办理"), "{}", zh.text);
        assert!(en.text.contains("to the grid lead (王); it is with 物业"), "{}", en.text);
        let [zh, _] = of(Kind::Supervised, &facts);
        assert!(zh.text.contains("已向 物业 发出督办（网格长（王））"), "{}", zh.text);
    }

    fn facts(number: &str, title: [&str; 2]) -> Facts {
        let text = |text: &str| text.to_owned();
        Facts {
            number: text(number),
            title: title.map(text),
            unit: text("Roads"),
            due: text("2026-11-16"),
            until: text("2026-11-18"),
            url: text("https://sandan.example/r/1"),
            said: text("Mended"),
            nth: text("2"),
            closing: None,
            opinion: None,
            level: Some(Level::Grid),
            lead: String::new(),
        }
    }

    /// Of a request, or of something that has a title in place of a number.
    fn has_number(kind: Kind) -> bool {
        use Kind::*;
        !matches!(kind, VoteOpened | VoteInvited | VoteCalledOff | HonourAsked | HonourAnswered)
    }

    #[test]
    fn every_notice_is_said_in_chinese_and_in_english_with_its_number_or_title_and_its_link() {
        for kind in KINDS {
            let (number, title) = match has_number(kind) {
                true => ("000012342", ["", ""]),
                false => ("", ["滨河步道", "the river walk"]),
            };
            let facts = facts(number, title);
            let [zh, en] = of(kind, &facts);
            assert!(is_chinese(&zh.subject) && is_chinese(&zh.text), "{kind:?}: {}", zh.text);
            assert!(!is_chinese(&en.subject) && !is_chinese(&en.text), "{kind:?}: {}", en.text);
            for (words, title) in [zh, en].into_iter().zip(title) {
                assert!(words.subject.contains(number) && words.text.contains(number), "{kind:?}");
                assert!(words.subject.contains(title) && words.text.contains(title), "{kind:?}");
                assert!(words.text.ends_with(&facts.url), "{kind:?}: {}", words.text);
            }
        }
    }
}
