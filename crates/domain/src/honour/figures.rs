//! A unit's figures as they stood when its community answered. Each share is on show with both its numbers (R27), and
//! they are never only those without what was ruled out (R6b, R19a).

use serde::{Deserialize, Serialize};

use crate::share::Share;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Of the log: all up to it counts, and nothing after it. Whoever folds the log to there finds the same.
    pub position: u64,
    pub resolution: Share,
    pub satisfaction: Share,
    pub on_time: Share,
    pub rework: Share,
    pub without_unreasonable: WithoutUnreasonable,
    pub without_appealed: WithoutAppealed,
}

/// The same without what was ruled beyond law or reason (R6b).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithoutUnreasonable {
    /// How many requests are left out.
    pub requests: u64,
    pub resolution: Share,
    pub satisfaction: Share,
    pub on_time: Share,
    pub rework: Share,
}

/// The same without ballots whose appeal was upheld (R19a).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithoutAppealed {
    /// How many ballots are left out.
    pub ballots: u64,
    pub satisfaction: Share,
}
