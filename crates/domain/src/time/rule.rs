//! Which limits a policy sets.

use serde::{Deserialize, Serialize};

/// One limit of the rules, by the name that policies use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// From filing to triage (R7).
    Triage,
    /// The same of an urgent request (R7).
    TriageUrgent,
    /// The same of an urgent request that comes in outside office hours, at the duty desk (R7).
    TriageDuty,
    /// From dispatch to completion (R8).
    Completion,
    /// From the order of a rework to its completion (R12).
    Rework,
    /// How often a unit is reminded (R9).
    Reminder,
    /// From the opening of a review to its end (R15).
    ReviewWindow,
    /// Of a supervision order (R10).
    Supervision,
    /// How long the pool waits for a claim (R3).
    PoolFallback,
    /// How long a reviewer's silence lasts until the second invitation (R18).
    Invitation,
}

impl Rule {
    pub const ALL: [Self; 10] = [
        Self::Triage,
        Self::TriageUrgent,
        Self::TriageDuty,
        Self::Completion,
        Self::Rework,
        Self::Reminder,
        Self::ReviewWindow,
        Self::Supervision,
        Self::PoolFallback,
        Self::Invitation,
    ];

    /// The name in files and in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Triage => "triage",
            Self::TriageUrgent => "triage_urgent",
            Self::TriageDuty => "triage_duty",
            Self::Completion => "completion",
            Self::Rework => "rework",
            Self::Reminder => "reminder",
            Self::ReviewWindow => "review_window",
            Self::Supervision => "supervision",
            Self::PoolFallback => "pool_fallback",
            Self::Invitation => "invitation",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }

    /// The number in the rule book.
    pub const fn number(self) -> &'static str {
        match self {
            Self::Triage | Self::TriageUrgent | Self::TriageDuty => "R7",
            Self::Completion => "R8",
            Self::Rework => "R12",
            Self::Reminder => "R9",
            Self::ReviewWindow => "R15",
            Self::Supervision => "R10",
            Self::PoolFallback => "R3",
            Self::Invitation => "R18",
        }
    }

    /// The smallest count: *no day* is the same day, which only triage may ask for.
    pub const fn count_min(self) -> u32 {
        match self {
            Self::TriageUrgent | Self::TriageDuty => 0,
            _ => 1,
        }
    }
}
