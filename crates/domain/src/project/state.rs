//! What a project is at an instant.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{CommunityId, EvaluationId, PersonId, RequestId, Slug, UnitId};
use crate::request::{Case, Closing};
use crate::time::Due;

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Project {
    #[default]
    Absent,
    Opened(Box<Plan>),
}

/// Its texts are public.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    pub community: CommunityId,
    pub name: Slug,
    pub title: String,
    pub responsible: String,
    pub unit: UnitId,
    /// In the order in which they were added.
    pub requests: Vec<RequestId>,
    pub stages: Vec<Stage>,
    /// Who registered for its review (R14).
    pub registered: BTreeSet<PersonId>,
    /// Counts from 1 and rises when rework is ordered.
    pub round: u32,
    /// Of the last time it was finished.
    pub answer: Option<String>,
    /// One a round that was finished.
    pub reviews: Vec<EvaluationId>,
    pub phase: Phase,
    /// Of the oversight board that closed it, in public (R19).
    #[serde(default)]
    pub closed_because: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    pub name: String,
    /// The first instant that is too late.
    pub due: Timestamp,
    pub done: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Phase {
    Working,
    InReview,
    /// Back in the furnace, with its limit (R12, R19).
    Rework(Due),
    Closed(Closing),
}

impl Phase {
    /// The name in the API.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Working => "working",
            Self::InReview => "in_review",
            Self::Rework(_) => "rework",
            Self::Closed(_) => "closed",
        }
    }
}

impl Plan {
    /// The steps that are permitted, by their names in the API.
    pub fn permitted(&self) -> Vec<&'static str> {
        let mut steps = match self.phase {
            Phase::Working | Phase::Rework(_) => vec!["requests", "registrations"],
            Phase::InReview => return vec!["registrations"],
            Phase::Closed(_) => return Vec::new(),
        };
        steps.push(if self.stages_open() > 0 { "stages" } else { "finish" });
        if self.reworks() >= Case::REWORKS_UNTIL_OVERSIGHT {
            steps.push("close");
        }
        steps
    }

    /// Most requests that one project serves: all of them are read and closed in one append.
    pub const REQUESTS_MAX: usize = 100;
    pub const STAGES_MAX: usize = 50;
    /// Most who can register: a limit on what one stream can grow to.
    pub const REGISTERED_MAX: usize = 10_000;

    pub const fn reworks(&self) -> u32 {
        self.round.saturating_sub(1)
    }

    /// Of the round that is being voted on.
    pub fn review(&self) -> Option<EvaluationId> {
        self.reviews.last().copied().filter(|_| self.phase == Phase::InReview)
    }

    pub fn stages_open(&self) -> usize {
        self.stages.iter().filter(|stage| stage.done.is_none()).count()
    }
}
