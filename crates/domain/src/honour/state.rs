//! What a question about an honour is at an instant.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::honour::event::Opinion;
use crate::ids::{CommunityId, UnitId};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Honour {
    #[default]
    Absent,
    Asked(Question),
    Answered {
        question: Question,
        opinion: Opinion,
    },
    Proposed(Question),
    Dropped(Question),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub community: CommunityId,
    pub unit: UnitId,
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Honour {
    pub const fn question(&self) -> Option<&Question> {
        match self {
            Self::Absent => None,
            Self::Asked(question)
            | Self::Answered { question, .. }
            | Self::Proposed(question)
            | Self::Dropped(question) => Some(question),
        }
    }
}
