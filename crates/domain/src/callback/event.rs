//! What can happen in a period's call-backs.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::event::{events, personal};
use crate::ids::{CommunityId, RequestId};
use crate::private::Private;
use crate::review::{CallOutcome, Rating};

events! {
    /// An event of one period's call-backs.
    "sandan.callback":
    Committed = "committed" 1,
    Drawn = "drawn" 1,
    Called = "called" 1,
}

/// The seed was committed to, before the period begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Committed {
    pub community: CommunityId,
    /// Included.
    pub from: Timestamp,
    /// Not included.
    pub to: Timestamp,
    /// How many are called back, at most.
    pub size: u32,
    /// SHA-256 of the seed's text, in hexadecimal.
    pub hash: String,
}

/// The seed was revealed, and the sample drawn from it and the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    pub seed: String,
    /// Every request of the community that closed unrated in the period, in the order of their ids.
    pub candidates: Vec<RequestId>,
    /// In the order in which they were drawn.
    pub sample: Vec<RequestId>,
}

/// The resident was rung up. Shown apart: never a ballot (R18).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    pub request: RequestId,
    pub outcome: CallOutcome,
    pub answer: Option<Rating>,
    pub note: Option<Private>,
}

personal! {
    Committed {},
    Drawn {},
    Called { note },
}
