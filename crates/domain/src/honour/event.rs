//! What can happen to a question about an honour.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::event::{events, personal};
use crate::honour::figures::Figures;
use crate::ids::{CommunityId, UnitId};

events! {
    /// An event of one question about an honour.
    "sandan.honour":
    Asked = "asked" 1,
    Answered = "answered" 1,
    Proposed = "proposed" 1,
    Dropped = "dropped" 1,
}

/// What a community thinks of honouring a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opinion {
    Supports,
    /// It has reservations, which the reason names.
    Reserved,
    Opposes,
}

impl Opinion {
    pub const ALL: [Self; 3] = [Self::Supports, Self::Reserved, Self::Opposes];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Supports => "supports",
            Self::Reserved => "reserved",
            Self::Opposes => "opposes",
        }
    }
}

/// The community was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    pub community: CommunityId,
    pub unit: UnitId,
    /// What the honour is called.
    pub honour: String,
    /// Whose figures go with the answer: requests filed from here on,
    pub from: Timestamp,
    /// and before here.
    pub to: Timestamp,
}

/// The community's opinion, with the figures that lay before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub opinion: Opinion,
    pub reason: String,
    pub figures: Figures,
}

/// The unit was proposed for the honour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Why, where the community opposes it.
    pub reason: Option<String>,
}

/// The unit is not proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    pub reason: String,
}

personal! {
    Asked {},
    Answered {},
    Proposed {},
    Dropped {},
}
