//! How answers about requests are described. The read models write them; a test compares the two key by key.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One request as it stands.
#[derive(Serialize, ToSchema)]
#[schema(as = Request)]
#[allow(dead_code)]
pub(super) struct RequestShape {
    id: Uuid,
    /// Digits with a check digit.
    number: String,
    community: String,
    state: String,
    /// Counts from 1 and rises when rework is ordered.
    round: u32,
    /// The unit that leads (R1). Of a request that ended: the last that led.
    unit: Option<String>,
    /// The lead and those that assist.
    units: Vec<String>,
    /// Who answers for it now: a unit or `desk`; `null` once it has ended.
    owner: Option<String>,
    /// Open to be claimed by so many units (R3).
    open_slots: u32,
    channel: String,
    category: Option<String>,
    urgency: String,
    title: Option<String>,
    /// The desk's own words, the only ones shown in public (R5).
    public_title: Option<String>,
    description: Option<String>,
    requester: RequesterShape,
    location: LocationShape,
    filed_at: Timestamp,
    triaged_at: Option<Timestamp>,
    dispatched_at: Option<Timestamp>,
    claimed_at: Option<Timestamp>,
    completed_at: Option<Timestamp>,
    /// When it ended, however it ended.
    closed_at: Option<Timestamp>,
    /// The limit that runs; `null` when none does.
    due_at: Option<Timestamp>,
    /// `green`, `yellow` or `red`.
    light: String,
    overdue: bool,
    solved: Option<bool>,
    answer: Option<String>,
    unsolved_reason: Option<String>,
    /// Why it was rejected, merged, withdrawn or closed.
    ended_reason: Option<String>,
    returns: u32,
    reworks: u32,
    /// `satisfied`, `unrated` or `dissatisfied`.
    closing: Option<String>,
    merged_into: Option<Uuid>,
    /// The project that serves it, or served it last (R29).
    project: Option<Uuid>,
    /// Beside the one who filed.
    co_signers: u32,
    ratings: RatingsShape,
    rounds: Vec<RoundShape>,
    /// `proposed`, `upheld` or `refused`; `null`: no unit said that it is beyond law or reason (R6b).
    unreasonable: Option<String>,
    /// A burst of joiners was flagged (R14).
    burst: bool,
    /// Of dissatisfied ballots, without names.
    reasons: Vec<ReasonShape>,
    external: Option<ExternalShape>,
    suspended: Option<SuspendedShape>,
    extension: ExtensionShape,
    /// The supervision order that is open (R10).
    supervision: Option<SupervisionShape>,
    /// `branch`, `community` or `town`: where it was last escalated to (R10, R19).
    escalated: Option<String>,
    attachments: Vec<AttachmentShape>,
    /// Of the last event about it.
    position: u64,
    /// The steps that its state permits, whoever takes them.
    permitted: Vec<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RequesterOfRequest)]
#[allow(dead_code)]
struct RequesterShape {
    name: Option<String>,
    phone: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = LocationOfRequest)]
#[allow(dead_code)]
struct LocationShape {
    address: Option<String>,
    grid: Option<String>,
    lat: Option<f64>,
    lng: Option<f64>,
}

/// The round of the review that was opened last.
#[derive(Serialize, ToSchema)]
#[schema(as = Ratings)]
#[allow(dead_code)]
struct RatingsShape {
    round: Option<u32>,
    /// How many may vote in the round (R14).
    electorate: u32,
    valid: u32,
    satisfied: u32,
    /// What R16 counts.
    dissatisfied: u32,
    /// `null` without a ballot (R18).
    rate: Option<f64>,
    /// Ballots by answer.
    answers: BTreeMap<String, u32>,
    dispatch_wrong: u32,
    /// Ballots by the way they came in: `web`, `kiosk`, `qr`, `phone`, `paper`.
    by_channel: BTreeMap<String, u32>,
    closes_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    /// `passed`, `rework` or `unrated`.
    outcome: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Round)]
#[allow(dead_code)]
struct RoundShape {
    round: u32,
    electorate: u32,
    valid: u32,
    dissatisfied: u32,
    answers: BTreeMap<String, u32>,
    dispatch_wrong: u32,
    by_channel: BTreeMap<String, u32>,
    opened_at: Timestamp,
    closes_at: Timestamp,
    closed_at: Option<Timestamp>,
    outcome: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Reason)]
#[allow(dead_code)]
struct ReasonShape {
    round: u32,
    rating: String,
    reason: Option<String>,
    dispatch_wrong: bool,
    /// The ballot's name, by which it can be appealed. It says nothing about whose it is.
    ballot: Uuid,
    /// Codes of the list.
    reasons: Vec<String>,
    /// What would put it right.
    remedy: Option<String>,
    appeal: Option<AppealShape>,
}

/// R19a: the ballot counts all the same.
#[derive(Serialize, ToSchema)]
#[schema(as = AppealOfBallot)]
#[allow(dead_code)]
struct AppealShape {
    /// `mistaken` or `malicious`.
    ground: String,
    reason: Option<String>,
    /// `null` until it is decided.
    upheld: Option<bool>,
}

/// What another system knew of it.
#[derive(Serialize, ToSchema)]
#[schema(as = External)]
#[allow(dead_code)]
struct ExternalShape {
    id: String,
    likes: Option<u32>,
    against: Option<u32>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Suspended)]
#[allow(dead_code)]
struct SuspendedShape {
    since: Timestamp,
    review_on: Timestamp,
    reason: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Supervision)]
#[allow(dead_code)]
struct SupervisionShape {
    /// When it goes one level up.
    due_at: Timestamp,
    /// The level that has heard of it; `null`: none yet above whoever has it.
    level: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Extension)]
#[allow(dead_code)]
struct ExtensionShape {
    asked_until: Option<Timestamp>,
    granted: bool,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Attachment)]
#[allow(dead_code)]
struct AttachmentShape {
    id: Uuid,
    /// SHA-256 of the stored bytes.
    hash: String,
    media_type: String,
    bytes: u64,
    /// When the camera says it was taken.
    captured_at: Option<Timestamp>,
    attached_at: Timestamp,
    /// A role and an id, never a name.
    actor: String,
}

/// One line of a list.
#[derive(Serialize, ToSchema)]
#[schema(as = RequestRow)]
#[allow(dead_code)]
pub(in crate::api) struct RowShape {
    id: Uuid,
    number: String,
    community: String,
    state: String,
    round: u32,
    unit: Option<String>,
    owner: Option<String>,
    open_slots: u32,
    channel: String,
    category: Option<String>,
    urgency: String,
    title: Option<String>,
    public_title: Option<String>,
    /// The first 200 characters of the description.
    excerpt: Option<String>,
    grid: Option<String>,
    filed_at: Timestamp,
    triaged_at: Option<Timestamp>,
    dispatched_at: Option<Timestamp>,
    claimed_at: Option<Timestamp>,
    completed_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    due_at: Option<Timestamp>,
    light: String,
    overdue: bool,
    solved: Option<bool>,
    returns: u32,
    reworks: u32,
    closing: Option<String>,
    merged_into: Option<Uuid>,
    co_signers: u32,
    electorate: u32,
    valid: u32,
    dissatisfied: u32,
    position: u64,
}

/// An open request that a resident could join (R5).
#[derive(Serialize, ToSchema)]
#[schema(as = NearbyRequest)]
#[allow(dead_code)]
pub(super) struct NearbyShape {
    id: Uuid,
    category: Option<String>,
    grid: Option<String>,
    filed_at: Timestamp,
    public_title: Option<String>,
    state: String,
    co_signers: u32,
}

/// Somebody whose request it is.
#[derive(Serialize, ToSchema)]
#[schema(as = Signer)]
#[allow(dead_code)]
pub(super) struct SignerShape {
    person: Uuid,
    name: Option<String>,
    phone: Option<String>,
    /// `filed`, `co_signed` or `merged`.
    via: String,
    joined_at: Timestamp,
}

/// One event about a request.
#[derive(Serialize, ToSchema)]
#[schema(as = TimelineItem)]
#[allow(dead_code)]
pub(super) struct TimelineShape {
    /// Place in the log.
    position: u64,
    id: Uuid,
    /// `sandan.request.filed` and the like.
    r#type: String,
    /// When it happened.
    time: Timestamp,
    /// When it was written down.
    recorded: Timestamp,
    /// A role and an id, never a name.
    actor: String,
    /// `request`, `review` or `unit`.
    stream: String,
    /// A sentence in the visitor's language.
    text: String,
    /// The event's body; texts of forgotten persons are `null`.
    #[schema(value_type = Object)]
    data: serde_json::Value,
}
