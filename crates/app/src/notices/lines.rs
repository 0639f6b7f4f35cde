//! What each notice says, in a sentence or two.

use sandan_domain::Level;
use sandan_domain::honour::Opinion;
use sandan_domain::request::Closing;

use crate::notices::letter::Facts;
use crate::notices::told::Kind;

/// In Chinese and in English.
pub(super) fn of(kind: Kind, facts: &Facts) -> (String, String) {
    let Facts { number, title: [title_zh, title_en], unit, due, until, nth, .. } = facts;
    match kind {
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
        Kind::VoteOpened => (
            format!(
                "请您对{title_zh}作匿名评价，满意不满意由您说了算。{due} 前凭链接领票，投票到 {until} 为止；谁投了哪一票，无人能知。链接只供您本人使用，请勿转发。"
            ),
            format!(
                "Please rate {title_en} without your name: whether it is done well is for you to say. Draw your token with the link before {due}; the vote ends at {until}, and nobody can see who cast which ballot. The link is yours alone."
            ),
        ),
        Kind::VoteInvited => (
            format!(
                "{title_zh}的匿名评价还在等您：您尚未领票，{due} 前仍可凭链接领取，投票到 {until} 为止。链接只供您本人使用，请勿转发。"
            ),
            format!(
                "The vote on {title_en} still waits for you. You have not drawn your token; you can until {due}, and the vote ends at {until}. The link is yours alone."
            ),
        ),
        Kind::VoteCalledOff => (
            format!("您报名参加的{title_zh}不再举行。"),
            format!("What you signed up for, {title_en}, does not take place."),
        ),
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
        Kind::HonourAsked => (
            format!("拟推荐 {unit} 参评{title_zh}，请社区先提出意见；未答复之前不能推荐。"),
            format!(
                "{unit} may be proposed for {title_en}. The community's opinion is asked for first; nothing is proposed before it is given."
            ),
        ),
        Kind::HonourAnswered => {
            let (zh, en) = opinion(facts.opinion);
            (
                format!("社区对 {unit} 参评{title_zh}的意见：{zh}。请决定是否推荐。"),
                format!("The community {en} honouring {unit} with {title_en}. Propose it now, or drop it."),
            )
        }
        Kind::Supervised => (
            format!("诉求 {number} 已超期，已向 {} 发出督办{}，督办期限 {due}。", or(unit, "社区"), levels(facts).0),
            format!(
                "Request {number} is overdue; a supervision order went to {}{}, until {due}.",
                or(unit, "the desk"),
                levels(facts).1
            ),
        ),
        Kind::Escalated => {
            let (zh, en) = facts.level.map_or(("上一级", "one level up"), level);
            let (lead_zh, lead_en) = lead(facts);
            (
                format!("诉求 {number} 已上报{zh}{lead_zh}处理；现由 {} 办理。", or(unit, "社区")),
                format!("Request {number} was escalated to {en}{lead_en}; it is with {}.", or(unit, "the desk")),
            )
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
    }
}

fn closed(number: &str, closing: Option<Closing>) -> (String, String) {
    let (zh, en) = match closing {
        Some(Closing::Satisfied) | None => ("群众评价通过，已销号", "It was closed as residents are satisfied"),
        Some(Closing::Unrated) => ("无人评价，按未评价销号", "It was closed without a rating"),
        Some(Closing::Dissatisfied) => ("由监事会按不满意销号", "The oversight board closed it as not satisfied"),
    };
    (format!("诉求 {number}：{zh}。"), format!("Request {number}. {en}."))
}

const fn opinion(opinion: Option<Opinion>) -> (&'static str, &'static str) {
    match opinion {
        Some(Opinion::Supports) => ("赞成", "supports"),
        Some(Opinion::Reserved) => ("有保留", "has reservations about"),
        Some(Opinion::Opposes) => ("不赞成", "opposes"),
        None => ("已答复", "has answered about"),
    }
}

/// The levels (五级联动) as people call them.
const fn level(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Grid => ("网格长", "the grid lead"),
        Level::Branch => ("小区党支部", "the neighbourhood branch"),
        Level::Community => ("社区大党委", "the community committee"),
        Level::Town => ("镇党委", "the town committee"),
    }
}

/// Who answers at that level, where it is known.
fn lead(Facts { lead, .. }: &Facts) -> (String, String) {
    if lead.is_empty() { Default::default() } else { (format!("（{lead}）"), format!(" ({lead})")) }
}

/// The level of a supervision order, if it was escalated before.
fn levels(facts: &Facts) -> (String, String) {
    let Some((zh, en)) = facts.level.map(level) else { return Default::default() };
    let (lead_zh, lead_en) = lead(facts);
    (format!("（{zh}{lead_zh}）"), format!(" (level: {en}{lead_en})"))
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.is_empty() { otherwise } else { text }
}
