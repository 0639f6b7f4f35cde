//! What a period's call-backs are at an instant.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::ids::{CommunityId, RequestId};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Callback {
    #[default]
    Absent,
    Committed(Commitment),
    Drawn {
        commitment: Commitment,
        sample: BTreeSet<RequestId>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    pub community: CommunityId,
    pub from: Timestamp,
    pub to: Timestamp,
    pub size: u32,
    pub hash: String,
}

impl Commitment {
    /// The program draws so long after the end: what was decided before it is in the log by then.
    pub const DRAWN_AFTER: SignedDuration = SignedDuration::from_secs(60);

    /// When the program draws the sample, where nobody did it before.
    pub fn drawn_at(&self) -> Timestamp {
        self.to.checked_add(Self::DRAWN_AFTER).unwrap_or(Timestamp::MAX)
    }
}

impl Callback {
    pub const fn commitment(&self) -> Option<&Commitment> {
        match self {
            Self::Absent => None,
            Self::Committed(commitment) | Self::Drawn { commitment, .. } => Some(commitment),
        }
    }
}
