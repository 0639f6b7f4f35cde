//! The templates, Chinese first: short enough for a telephone, whole enough for a letter.

use sandan_domain::request::Closing;

use crate::notices::letter::{Facts, Words};
use crate::notices::told::Kind;

/// What a notice says, in Chinese and in English.
pub(super) fn of(kind: Kind, facts: &Facts) -> [Words; 2] {
    let Facts { number, unit, due, said, nth, url, .. } = facts;
    let (zh, en) = subjects(kind, facts);
    let (said_zh, said_en) = said_in(kind, said);
    let (zh_line, en_line) = match kind {
        Kind::Received => (
            format!("您的诉求已收到，编号 {number}，将于 {due} 前研判。可随时凭链接查看办理进展，请妥善保管。"),
            format!(
                "We have your request, number {number}. It is looked at before {due}. Follow it with the link; keep it to yourself."
            ),
        ),
        Kind::Dispatched => (
            format!("您的诉求 {number} 已派给 {unit} 办理，应于 {due} 前办结。"),
            format!("Your request {number} is with {unit}, to be completed before {due}."),
        ),
        Kind::Pooled => (
            format!("您的诉求 {number} 已挂单，待成员单位认领，应于 {due} 前办结。"),
            format!("Your request {number} is open to be claimed by a member unit, to be completed before {due}."),
        ),
        Kind::Extended => (
            format!("您的诉求 {number} 经批准延期，新的办结期限为 {due}。"),
            format!("More time was granted for your request {number}: until {due}."),
        ),
        Kind::Completed => (
            format!("您的诉求 {number} 已办结，请您评价：满意不满意，由您说了算。"),
            format!("Your request {number} is completed. Please rate it: whether it is done well is for you to say."),
        ),
        Kind::Invited => (
            format!("您的诉求 {number} 还在等您评价，请点开链接评单。"),
            format!("Your request {number} still waits for your rating. Open the link to give it."),
        ),
        Kind::Reworked => (
            format!("根据群众评价，诉求 {number} 已退回重办（第 {nth} 轮），期限 {due}。"),
            format!("As residents rated it, request {number} is done again (round {nth}), before {due}."),
        ),
        Kind::Closed => closed(number, facts.closing),
        Kind::Rejected => (format!("您的诉求 {number} 未予受理。"), format!("Your request {number} was not taken on.")),
        Kind::Merged => (
            format!("您的诉求 {number} 已并入同类诉求一并办理，您的链接和评价权不变。"),
            format!("Your request {number} was joined to one like it. Your link and your vote stay yours."),
        ),
        Kind::Withdrawn => {
            (format!("诉求 {number} 已由居民撤回。"), format!("Request {number} was withdrawn by the resident."))
        }
        Kind::UnitDispatched => (
            format!("诉求 {number} 已派给贵单位，应于 {due} 前办结。"),
            format!("Request {number} was dispatched to your unit, to be completed before {due}."),
        ),
        Kind::UnitReminded => (
            format!("催办：诉求 {number} 尚未办结，期限 {due}。"),
            format!("A reminder: request {number} is not completed yet; its limit is {due}."),
        ),
        Kind::UnitOverdue => (
            format!("诉求 {number} 已超期，期限为 {due}。"),
            format!("Request {number} is overdue; its limit was {due}."),
        ),
        Kind::UnitReturned => (
            format!("诉求 {number} 的退单已登记，等待重新研判；期限照常计算。"),
            format!("Your return of request {number} is noted and waits for triage; its limit runs on."),
        ),
        Kind::UnitRuled => (
            format!("诉求 {number} 的退单已审定，审定结果须执行。"),
            format!("The committee has ruled on the return of request {number}; the ruling binds."),
        ),
        Kind::UnitReworked => (
            format!("诉求 {number} 群众不满意，须重办（第 {nth} 轮），期限 {due}。"),
            format!(
                "Residents are not satisfied with request {number}: it is to be done again (round {nth}), before {due}."
            ),
        ),
        Kind::UnitSupervised => (
            format!("督办：诉求 {number} 须于 {due} 前办结。"),
            format!("A supervision order: request {number} is to be completed before {due}."),
        ),
        Kind::Duty => (
            format!("紧急诉求 {number} 在非办公时间收到，请值班人员立即研判，应于 {due} 前完成。"),
            format!(
                "Urgent request {number} came in while the office is closed. The duty desk is to triage it at once, before {due}."
            ),
        ),
        Kind::Supervised => (
            format!("诉求 {number} 已超期，已向 {unit} 发出督办，督办期限 {due}。", unit = or(unit, "社区")),
            format!(
                "Request {number} is overdue; a supervision order went to {unit}, until {due}.",
                unit = or(unit, "the desk")
            ),
        ),
        Kind::Escalated => {
            (format!("诉求 {number} 已上报上一级处理。"), format!("Request {number} was escalated one level up."))
        }
        Kind::Burst => (
            format!("诉求 {number} 短时间内有 {nth} 人集中附议，请监事会留意；投票权不受影响。"),
            format!(
                "{nth} people joined request {number} within a short time. Nobody loses a vote by it; please look."
            ),
        ),
        Kind::UnreasonableProposed => (
            format!("{unit} 提出诉求 {number} 不合法或不合理，请独立认定。"),
            format!(
                "{unit} proposes that request {number} is beyond law or reason. Somebody independent is to decide."
            ),
        ),
        Kind::Appealed => (
            format!("{unit} 对诉求 {number} 的一张评价提出申诉，请独立复核；原评价保留在案。"),
            format!(
                "{unit} appeals a ballot on request {number}. Somebody independent is to decide; the ballot stays."
            ),
        ),
        Kind::ThirdRework => (
            format!("诉求 {number} 已第 {nth} 次退回重办，自第三次起只有监事会可以按不满意销号。"),
            format!(
                "Request {number} goes back for the {nth}. time. From the third on the oversight board alone may close it as not satisfied."
            ),
        ),
    };
    let words = |subject, line: String, said: String| {
        let parts = [line, said, url.clone()];
        let text = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n");
        Words { subject, text }
    };
    [words(zh, zh_line, said_zh), words(en, en_line, said_en)]
}

fn closed(number: &str, closing: Option<Closing>) -> (String, String) {
    let (zh, en) = match closing {
        Some(Closing::Satisfied) | None => ("群众评价通过，已销号", "It was closed as residents are satisfied"),
        Some(Closing::Unrated) => ("无人评价，按未评价销号", "It was closed without a rating"),
        Some(Closing::Dissatisfied) => ("由监事会按不满意销号", "The oversight board closed it as not satisfied"),
    };
    (format!("诉求 {number}：{zh}。"), format!("Request {number}. {en}."))
}

fn subjects(kind: Kind, facts: &Facts) -> (String, String) {
    let (zh, en) = topic(kind);
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
        Kind::UnitReminded => ("催办", "reminder"),
        Kind::UnitOverdue => ("已超期", "overdue"),
        Kind::UnitReturned => ("退单已登记", "return noted"),
        Kind::UnitRuled => ("退单审定", "ruled on"),
        Kind::Duty => ("紧急，请值班研判", "urgent, for the duty desk"),
        Kind::UnitSupervised | Kind::Supervised => ("督办", "supervision order"),
        Kind::Escalated => ("已上报", "escalated"),
        Kind::Burst => ("集中附议", "many joined at once"),
        Kind::UnreasonableProposed => ("待认定：不合理诉求", "to decide: called unreasonable"),
        Kind::Appealed => ("待复核：评价申诉", "to decide: an appeal"),
        Kind::ThirdRework => ("多次重办，监事会处理", "for the oversight board"),
    }
}

/// The answer or reason, where the notice is about it.
fn said_in(kind: Kind, said: &str) -> (String, String) {
    let labels = match kind {
        Kind::Completed | Kind::Closed => ("答复", "The answer"),
        Kind::Extended | Kind::Rejected | Kind::Merged | Kind::Withdrawn | Kind::UnitReturned | Kind::UnitRuled => {
            ("理由", "The reason")
        }
        Kind::UnitDispatched => ("备注", "Note"),
        _ => return Default::default(),
    };
    if said.is_empty() {
        return Default::default();
    }
    (format!("{}：{said}", labels.0), format!("{}: {said}", labels.1))
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.is_empty() { otherwise } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [Kind; 25] = [
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
        Kind::Burst,
        Kind::UnreasonableProposed,
        Kind::Appealed,
        Kind::ThirdRework,
    ];

    fn is_chinese(text: &str) -> bool {
        text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    #[test]
    fn every_notice_is_said_in_chinese_and_in_english_with_its_number_and_its_link() {
        let text = |text: &str| text.to_owned();
        let facts = Facts {
            number: text("000012342"),
            unit: text("Roads"),
            due: text("2026-11-16"),
            url: text("https://sandan.example/r/1"),
            said: text("Mended"),
            nth: text("2"),
            closing: None,
        };
        for kind in KINDS {
            let [zh, en] = of(kind, &facts);
            assert!(is_chinese(&zh.subject) && is_chinese(&zh.text), "{kind:?}: {}", zh.text);
            assert!(!is_chinese(&en.subject) && !is_chinese(&en.text), "{kind:?}: {}", en.text);
            for words in [zh, en] {
                assert!(words.subject.contains(&facts.number) && words.text.contains(&facts.number), "{kind:?}");
                assert!(words.text.ends_with(&facts.url), "{kind:?}: {}", words.text);
            }
        }
    }
}
