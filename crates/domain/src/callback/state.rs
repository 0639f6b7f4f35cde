//! What a period's call-backs are at an instant.

use std::collections::BTreeSet;

use jiff::Timestamp;
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

impl Callback {
    pub const fn commitment(&self) -> Option<&Commitment> {
        match self {
            Self::Absent => None,
            Self::Committed(commitment) | Self::Drawn { commitment, .. } => Some(commitment),
        }
    }
}
