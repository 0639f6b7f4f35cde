//! Honours as anybody may see them (R24): offices' words about a unit, and its figures.

use jiff::Timestamp;
use sandan_domain::honour::{Figures, Opinion};
use sandan_domain::{CommunityId, HonourId, UnitId};
use serde::Serialize;

/// Where a question about an honour stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HonourState {
    /// The community has not answered yet.
    Asked,
    Answered,
    Proposed,
    Dropped,
}

impl HonourState {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Answered => "answered",
            Self::Proposed => "proposed",
            Self::Dropped => "dropped",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HonourView {
    pub id: HonourId,
    pub community: CommunityId,
    pub unit: UnitId,
    /// What the honour is called.
    pub honour: String,
    /// Requests filed in this period stand in the figures.
    pub from: Timestamp,
    pub to: Timestamp,
    pub state: HonourState,
    pub asked_at: Timestamp,
    /// `null` until the community has answered.
    pub opinion: Option<Opinion>,
    pub opinion_reason: Option<String>,
    /// As they stood when it answered.
    pub figures: Option<Figures>,
    pub answered_at: Option<Timestamp>,
    /// Why it was proposed against the opinion, or not at all.
    pub settled_reason: Option<String>,
    pub settled_at: Option<Timestamp>,
    /// Of its last event in the log.
    pub position: u64,
}
