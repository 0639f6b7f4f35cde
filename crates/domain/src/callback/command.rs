//! What can be wished of a period's call-backs.

use jiff::Timestamp;

use crate::ids::{CommunityId, RequestId};
use crate::private::Private;
use crate::review::{CallOutcome, Rating};

#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Before the period begins: how many are called back, and the hash of the seed.
    Commit { community: CommunityId, from: Timestamp, to: Timestamp, size: u32, hash: String },
    /// When it is over: the seed, and all that closed unrated in it.
    Draw { seed: String, candidates: Vec<RequestId> },
    /// Somebody of the sample was rung up. It is no ballot and counts in no rate.
    Call { request: RequestId, outcome: Outcome },
}

/// What came of a call, in whose words it may be.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub outcome: CallOutcome,
    /// What they would have answered.
    pub answer: Option<Rating>,
    pub note: Option<Private>,
}
