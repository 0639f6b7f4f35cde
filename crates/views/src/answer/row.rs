//! Requests in lists: of the staff, of the ledger, and what the public may see.

use jiff::Timestamp;
use sandan_domain::request::{Channel, Closing, Urgency};
use sandan_domain::time::Light;
use sandan_domain::{Category, CommunityId, GridSlug, RequestId, RequestNumber, UnitId};
use serde::Serialize;

use super::{RatesRow, State};

/// One line of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RequestRow {
    pub id: RequestId,
    pub number: RequestNumber,
    pub community: CommunityId,
    pub state: State,
    pub round: u32,
    pub unit: Option<UnitId>,
    /// A unit or `desk`; `null` once ended.
    pub owner: Option<String>,
    /// Open to be claimed, by so many units; 0 otherwise (R3).
    pub open_slots: u32,
    pub channel: Channel,
    pub category: Option<Category>,
    pub urgency: Urgency,
    pub title: Option<String>,
    pub public_title: Option<String>,
    /// The first 200 characters of the description.
    pub excerpt: Option<String>,
    pub grid: Option<GridSlug>,
    pub filed_at: Timestamp,
    pub triaged_at: Option<Timestamp>,
    pub dispatched_at: Option<Timestamp>,
    pub claimed_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub due_at: Option<Timestamp>,
    pub light: Light,
    pub overdue: bool,
    pub solved: Option<bool>,
    pub returns: u32,
    pub reworks: u32,
    pub closing: Option<Closing>,
    pub merged_into: Option<RequestId>,
    pub co_signers: u32,
    /// Ballots of the last round.
    pub electorate: u32,
    pub valid: u32,
    pub dissatisfied: u32,
    pub position: u64,
}

/// One line of the ledger (民情台账): who, until when, how far, the answer, the satisfaction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LedgerRow {
    #[serde(flatten)]
    pub request: RequestRow,
    pub description: Option<String>,
    pub requester_name: Option<String>,
    pub requester_phone: Option<String>,
    pub address: Option<String>,
    pub units: Vec<UnitId>,
    pub answer: Option<String>,
    pub unsolved_reason: Option<String>,
    pub ended_reason: Option<String>,
    pub external_id: Option<String>,
    pub likes: Option<u32>,
    pub against: Option<u32>,
}

/// An open request that a resident could join instead of filing anew: nobody's own words (R5).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NearbyRow {
    pub id: RequestId,
    pub category: Option<Category>,
    pub grid: Option<GridSlug>,
    pub filed_at: Timestamp,
    pub public_title: Option<String>,
    pub state: State,
    pub co_signers: u32,
}

/// A closed request as anybody may see it: nobody named, nobody quoted (R37).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpenRow {
    pub community: CommunityId,
    pub category: Option<Category>,
    pub grid: Option<GridSlug>,
    pub unit: Option<UnitId>,
    pub public_title: Option<String>,
    pub filed_at: Timestamp,
    pub completed_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    pub solved: Option<bool>,
    pub closing: Option<Closing>,
    pub reworks: u32,
    /// Figures of the last round, from 5 ballots up; `null` below (R21).
    pub valid: Option<u32>,
    pub dissatisfied: Option<u32>,
}

/// The public page of a community (R37).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OpenPage {
    pub rates: RatesRow,
    pub open: u64,
    pub closed: u64,
    pub items: Vec<OpenRow>,
    pub next_cursor: Option<crate::Cursor>,
}
