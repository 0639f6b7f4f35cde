//! What can happen to a request, and the values its events carry.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::category::Category;
use crate::event::{events, personal};
use crate::ids::{AttachmentId, CommunityId, EvaluationId, GridSlug, PersonId, ProjectId, RequestId, UnitId};
use crate::number::RequestNumber;
use crate::people::Level;
use crate::private::Private;
use crate::request::state::{Holder, Team};
use crate::time::Due;

events! {
    /// An event of one request.
    "sandan.request":
    Filed = "filed" 1,
    CoSigned = "co_signed" 1,
    Triaged = "triaged" 1,
    Rejected = "rejected" 1,
    Merged = "merged" 1,
    Absorbed = "absorbed" 1,
    Dispatched = "dispatched" 1,
    Claimed = "claimed" 1,
    Returned = "returned" 1,
    Ruled = "ruled" 1,
    Progressed = "progressed" 1,
    Completed = "completed" 1,
    Verified = "verified" 1,
    ReviewOpened = "review_opened" 1,
    ReworkOrdered = "rework_ordered" 1,
    Reminded = "reminded" 1,
    Overdue = "overdue" 1,
    Supervised = "supervised" 1,
    Escalated = "escalated" 1,
    Unclaimed = "unclaimed" 1,
    Suspended = "suspended" 1,
    Resumed = "resumed" 1,
    ExtensionAsked = "extension_asked" 1,
    Extended = "extended" 1,
    Withdrawn = "withdrawn" 1,
    Closed = "closed" 1,
    Attached = "attached" 1,
    Rescheduled = "rescheduled" 1,
    BurstFlagged = "burst_flagged" 1,
    UnreasonableProposed = "unreasonable_proposed" 1,
    UnreasonableDecided = "unreasonable_decided" 1,
    Served = "served" 1,
}

/// Where the request came in (R2). It stays on the request for ever.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    #[default]
    Web,
    Kiosk,
    /// 民情热线
    Hotline,
    /// 民情信箱
    Mailbox,
    /// 民情联络员
    Liaison,
    /// 走访
    GridVisit,
    Partner,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    #[default]
    Normal,
    Urgent,
}

/// Who asks. Name, phone and e-mail can be left out; the person remains.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    pub person: PersonId,
    pub name: Option<Private>,
    pub phone: Option<Private>,
    /// Where notices go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Private>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    pub grid: Option<GridSlug>,
    pub address: Option<Private>,
    /// `latitude,longitude` in degrees (WGS 84).
    pub spot: Option<Private>,
}

/// What another system knew about the request (see the import).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct External {
    /// The other system's id, unique in the community.
    pub id: String,
    /// Figures, never ballots.
    pub likes: Option<u32>,
    pub against: Option<u32>,
}

/// Where the desk sends a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "to")]
pub enum Target {
    /// To named units: one leads, the others assist (R1).
    Units(Team),
    /// Open to be claimed by `slots` units; the first claim leads (R3).
    Pool { slots: u32 },
    /// Kept by the committee itself.
    Desk,
}

/// 点单
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filed {
    pub community: CommunityId,
    pub number: RequestNumber,
    pub channel: Channel,
    pub urgency: Urgency,
    pub category: Option<Category>,
    pub title: Option<Private>,
    pub description: Private,
    pub requester: Requester,
    pub location: Option<Location>,
    pub external: Option<External>,
    /// Until when it must be triaged (R7).
    pub due: Due,
    /// Urgent, and the office is closed: it goes to the duty desk at once (R7).
    #[serde(default, skip_serializing_if = "is_false")]
    pub on_duty: bool,
}

/// 附议
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoSigned {
    pub signer: Requester,
    /// When: bursts of joiners are found by it (R14).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

/// So many joined in so short a time that the oversight board should look at it (R14). Nobody loses their vote by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BurstFlagged {
    pub joiners: u32,
    /// When the first of them joined.
    pub since: Timestamp,
}

/// A unit says that the request is beyond law or reason (R6b). It goes on being worked on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreasonableProposed {
    pub unit: UnitId,
    pub reason: Private,
    pub basis: Private,
}

/// Somebody independent decided (R6b). Upheld, rates are shown with and without the request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnreasonableDecided {
    pub upheld: bool,
    pub reason: Private,
}

/// 研判: accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Triaged {
    pub category: Option<Category>,
    pub urgency: Urgency,
    pub reason: Option<Private>,
    /// The desk's own words, the only ones shown in public (R5).
    pub public_title: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    pub reason: Private,
}

/// This request was merged into another, which now carries its residents (R5).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    pub into: RequestId,
    pub reason: Option<Private>,
}

/// Another request was merged into this one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absorbed {
    pub from: RequestId,
    pub signers: Vec<PersonId>,
}

/// 派单
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispatched {
    #[serde(flatten)]
    pub target: Target,
    pub note: Option<Private>,
    /// Until when it must be completed (R8). It keeps running over returns (R4).
    pub due: Due,
    /// The committee's ruling stands behind it: no further return (R4).
    pub binding: bool,
    /// Under a fifth of the time was left (R4).
    pub late_arrival: bool,
    /// When the unit that has it is reminded first (R9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_at: Option<Timestamp>,
    /// Until when the pool waits for a claim (R3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback_at: Option<Timestamp>,
    /// When it was dispatched: reminders and the pool's wait are counted from here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
    /// 兜底: nobody had claimed it, and the program sent it to the best match (R3).
    #[serde(default, skip_serializing_if = "is_false")]
    pub fallback: bool,
}

/// For fields that were added later: what is not written is `false`.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde calls it with a reference")]
const fn is_false(flag: &bool) -> bool {
    !*flag
}

/// Nobody claimed it in time and no unit matches it: the desk has it again (R3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unclaimed {
    /// Until when the pool had waited.
    pub waited_until: Timestamp,
}

/// 认领
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimed {
    pub unit: UnitId,
    /// The first claim leads, further ones assist (R1, R3).
    pub leads: bool,
}

/// 退单
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    pub unit: UnitId,
    pub reason: Private,
    pub basis: Private,
    /// Counts from 1.
    pub nth: u32,
}

/// 审定 (R4)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruled {
    pub reason: Option<Private>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progressed {
    pub by: Holder,
    pub note: Private,
}

/// 办结
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completed {
    pub by: Holder,
    pub round: u32,
    pub answer: Private,
    pub solved: bool,
    pub unsolved_reason: Option<Private>,
    /// Somebody else must confirm on site before the review opens (R6a).
    pub needs_verification: bool,
}

/// 核查 (R6a)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verified {
    pub confirmed: bool,
    pub note: Option<Private>,
}

/// The round `round` of the review has begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewOpened {
    pub round: u32,
}

/// 回炉, ordered by the review (R16, R19), or by an evaluation after it was closed (R22).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReworkOrdered {
    /// The round that begins; the first rework begins round 2.
    pub round: u32,
    /// R12's limit.
    pub due: Due,
    /// The dispatch was wrong rather than the work: it starts at triage (R20).
    pub from_triage: bool,
    /// When the unit that has it again is reminded first (R9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_at: Option<Timestamp>,
    /// The evaluation that sent it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<EvaluationId>,
}

/// 催办 (R9)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminded {
    /// Counts from 1 with each dispatch and each rework.
    pub nth: u32,
    pub next_at: Timestamp,
}

/// 超期: the limit has passed (R10). Once for each limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overdue {
    pub limit: Due,
}

/// 督办: an order to whoever has it, with its own deadline (R10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervised {
    /// The one it is addressed to.
    pub holder: Holder,
    /// The level it was escalated to; `None`: it was not.
    pub level: Option<Level>,
    pub due: Due,
}

/// 上报 (R10, R19)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalated {
    pub level: Level,
    pub cause: Reason,
}

/// Why the program itself did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// A time limit passed (R10).
    Overdue,
    /// The second rework (R19).
    Rework,
}

/// 挂起 (R11)
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspended {
    pub since: Timestamp,
    pub reason: Private,
    pub review_on: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// When the clock began to run again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// The due time worked out anew from what was left.
    pub due: Due,
    /// The same of the next reminder (R9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_at: Option<Timestamp>,
    /// The same of the pool's wait (R3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback_at: Option<Timestamp>,
    /// The same of an open supervision order (R10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervision: Option<Due>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionAsked {
    pub unit: UnitId,
    pub reason: Private,
    pub until: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extended {
    pub reason: Option<Private>,
    pub due: Due,
    /// When it was granted: pauses from then on move it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    pub reason: Option<Private>,
}

/// 销号: how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    /// The review passed (R16).
    Satisfied,
    /// Nobody voted (R18): counted in no satisfaction rate.
    Unrated,
    /// The oversight board closed it after the third rework (R19).
    Dissatisfied,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    pub closing: Closing,
    pub reason: Option<Private>,
    /// It closed with the project that serves it (R29).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
}

/// A project serves it from here on (R29).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Served {
    pub project: ProjectId,
}

/// A photo was added; it is kept elsewhere, by its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attached {
    pub attachment: AttachmentId,
    /// SHA-256 of the stored bytes, in hexadecimal.
    pub hash: String,
    pub media_type: String,
    pub bytes: u64,
    /// When the photo says it was taken.
    pub captured: Option<Timestamp>,
}

/// What had its limits worked out anew (R13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Anew {
    /// A policy came into force.
    Policy,
    /// A calendar was published.
    Calendar,
    /// Triage changed category or urgency.
    Category,
}

/// The limits were worked out anew, with every pause and extension (R13). What had passed before is not among them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rescheduled {
    pub cause: Anew,
    /// The limit as it was, by its policy and calendar.
    pub before: Due,
    pub due: Due,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supervision: Option<Due>,
}

personal! {
    Requester { name, phone, email },
    Location { address, spot },
    Filed { title, description, requester, location },
    CoSigned { signer },
    Triaged { reason },
    Rejected { reason },
    Merged { reason },
    Absorbed {},
    Dispatched { note },
    Claimed {},
    Returned { reason, basis },
    Ruled { reason },
    Progressed { note },
    Completed { answer, unsolved_reason },
    Verified { note },
    ReviewOpened {},
    ReworkOrdered {},
    Reminded {},
    Overdue {},
    Supervised {},
    Escalated {},
    Unclaimed {},
    Suspended { reason },
    Resumed {},
    ExtensionAsked { reason },
    Extended { reason },
    Withdrawn { reason },
    Closed { reason },
    Attached {},
    Rescheduled {},
    BurstFlagged {},
    UnreasonableProposed { reason, basis },
    UnreasonableDecided { reason },
    Served {},
}
