//! What counts how much in two-way scoring (R23). Data of the policy: a community sets its own, by version.

use serde::{Deserialize, Serialize};

/// Parts of a hundred: the first four of a unit's score, the next three of the community's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScoreWeights {
    /// Requests done on time.
    pub on_time: u32,
    /// Residents' satisfaction.
    pub satisfaction: u32,
    /// Commitments kept.
    pub commitments: u32,
    /// Hours served.
    pub hours: u32,
    /// How units rate the community's dispatching.
    pub dispatch: u32,
    pub support: u32,
    pub response: u32,
    /// Hours a year that are expected of everybody of a unit (R32); more of one do not make up for another.
    pub target_hours: u32,
}

impl ScoreWeights {
    pub const STANDARD: Self = Self {
        on_time: 30,
        satisfaction: 40,
        commitments: 15,
        hours: 15,
        dispatch: 40,
        support: 30,
        response: 30,
        target_hours: 20,
    };
    pub const WHOLE: u32 = 100;
    /// Hours of a year.
    pub const TARGET_HOURS_MAX: u32 = 8_760;

    /// Of a unit's score; must be [`Self::WHOLE`].
    pub const fn of_units(&self) -> u32 {
        self.on_time.saturating_add(self.satisfaction).saturating_add(self.commitments).saturating_add(self.hours)
    }

    /// Of the community's score; must be [`Self::WHOLE`].
    pub const fn of_community(&self) -> u32 {
        self.dispatch.saturating_add(self.support).saturating_add(self.response)
    }
}
