//! One request as it stands: what `GET /api/v1/requests/{id}` answers.

use jiff::Timestamp;
use sandan_domain::request::{Channel, Closing, Urgency};
use sandan_domain::time::Light;
use sandan_domain::{
    AttachmentId, Category, CommunityId, GridSlug, Level, PersonId, ProjectId, RequestId, RequestNumber, UnitId,
};
use serde::Serialize;

use super::{BallotReason, RatingsView, RoundView, State};

/// Everything about one request. A text whose person was forgotten is `null`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RequestView {
    pub id: RequestId,
    pub number: RequestNumber,
    pub community: CommunityId,
    pub state: State,
    pub round: u32,
    /// The unit that leads (R1); `null` while none has it. Of one that ended: the last that led.
    pub unit: Option<UnitId>,
    /// The lead and those that assist.
    pub units: Vec<UnitId>,
    /// Who answers for it now: a unit or `desk`; `null` once it has ended (R1).
    pub owner: Option<String>,
    /// Open to be claimed, by so many units; 0 otherwise (R3).
    pub open_slots: u32,
    pub channel: Channel,
    pub category: Option<Category>,
    pub urgency: Urgency,
    pub title: Option<String>,
    /// The desk's own words, the only ones shown in public (R5).
    pub public_title: Option<String>,
    pub description: Option<String>,
    pub requester: RequesterView,
    pub location: LocationView,
    pub filed_at: Timestamp,
    /// The first time, as `dispatched_at`.
    pub triaged_at: Option<Timestamp>,
    pub dispatched_at: Option<Timestamp>,
    /// The last time, as `completed_at`.
    pub claimed_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    /// When it ended, however it ended.
    pub closed_at: Option<Timestamp>,
    /// Of the limit that runs, or ran last.
    pub due_at: Option<Timestamp>,
    /// Green once it has ended: nothing is owed any more.
    pub light: Light,
    pub overdue: bool,
    pub solved: Option<bool>,
    pub answer: Option<String>,
    pub unsolved_reason: Option<String>,
    /// Why it was rejected, merged, withdrawn or closed.
    pub ended_reason: Option<String>,
    pub returns: u32,
    pub reworks: u32,
    pub closing: Option<Closing>,
    pub merged_into: Option<RequestId>,
    /// The project that serves it, or served it last (R29).
    pub project: Option<ProjectId>,
    /// Beside the one who filed.
    pub co_signers: u32,
    pub ratings: RatingsView,
    pub rounds: Vec<RoundView>,
    /// `proposed`, `upheld` or `refused`; `null`: no unit said that it is beyond law or reason (R6b).
    pub unreasonable: Option<&'static str>,
    /// A burst of joiners was flagged (R14).
    pub burst: bool,
    /// Of dissatisfied ballots, without names.
    pub reasons: Vec<BallotReason>,
    pub external: Option<ExternalView>,
    pub suspended: Option<SuspendedView>,
    pub extension: ExtensionView,
    /// The supervision order that is open (R10).
    pub supervision: Option<SupervisionView>,
    /// The level above that it was last escalated to (R10, R19).
    pub escalated: Option<Level>,
    pub attachments: Vec<AttachmentView>,
    /// Of the last event about it.
    pub position: u64,
}

impl RequestView {
    /// R5: whoever filed a merged request gets the answer of the one that survives.
    #[must_use]
    pub fn answered_as(self, surviving: Self) -> Self {
        let Self { answer, solved, unsolved_reason, completed_at, .. } = surviving;
        Self { answer, solved, unsolved_reason, completed_at, ..self }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RequesterView {
    pub name: Option<String>,
    pub phone: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct LocationView {
    pub address: Option<String>,
    pub grid: Option<GridSlug>,
    pub lat: Option<f64>,
    pub lng: Option<f64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExternalView {
    pub id: String,
    pub likes: Option<u32>,
    pub against: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SuspendedView {
    pub since: Timestamp,
    pub review_on: Timestamp,
    pub reason: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ExtensionView {
    pub asked_until: Option<Timestamp>,
    pub granted: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SupervisionView {
    pub due_at: Timestamp,
    /// The level that hears of it; `null`: none above the one who has it yet.
    pub level: Option<Level>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttachmentView {
    pub id: AttachmentId,
    /// SHA-256 of the stored bytes, in hexadecimal: where they are kept.
    pub hash: String,
    pub media_type: String,
    pub bytes: u64,
    pub captured_at: Option<Timestamp>,
    pub attached_at: Timestamp,
    /// Who, as the log says it: a role and an id.
    pub actor: String,
}

/// Somebody whose request it is. For the desk and the hotline, never for a unit or the public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignerView {
    pub person: PersonId,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub via: SignerVia,
    pub joined_at: Timestamp,
}

/// How somebody came to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignerVia {
    Filed,
    CoSigned,
    /// With a request that was merged into this one (R5).
    Merged,
}

/// A stretch in which state and owner stayed the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Interval {
    pub state: State,
    /// A unit or `desk`; `null` once ended.
    pub owner: Option<String>,
    pub from_position: u64,
    /// Occurred time.
    pub from: Timestamp,
    /// Recorded time.
    pub from_recorded: Timestamp,
    /// `null`: until now.
    pub to_position: Option<u64>,
    pub to: Option<Timestamp>,
    pub to_recorded: Option<Timestamp>,
}
