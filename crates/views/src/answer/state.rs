//! The states of a request by the names of the contract, and as the small numbers that the tables hold.

use std::fmt;
use std::str::FromStr;

use sandan_domain::request::Stage;
use serde::{Serialize, Serializer};

/// Where a request stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    Filed,
    Triaged,
    Returned,
    Dispatched,
    Claimed,
    Completed,
    InReview,
    Rework,
    Closed,
    Rejected,
    Merged,
    Withdrawn,
    Suspended,
}

/// The text names no state.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a state of a request")]
pub struct UnknownState(pub String);

impl State {
    pub const ALL: [Self; 13] = [
        Self::Filed,
        Self::Triaged,
        Self::Returned,
        Self::Dispatched,
        Self::Claimed,
        Self::Completed,
        Self::InReview,
        Self::Rework,
        Self::Closed,
        Self::Rejected,
        Self::Merged,
        Self::Withdrawn,
        Self::Suspended,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Triaged => "triaged",
            Self::Returned => "returned",
            Self::Dispatched => "dispatched",
            Self::Claimed => "claimed",
            Self::Completed => "completed",
            Self::InReview => "in_review",
            Self::Rework => "rework",
            Self::Closed => "closed",
            Self::Rejected => "rejected",
            Self::Merged => "merged",
            Self::Withdrawn => "withdrawn",
            Self::Suspended => "suspended",
        }
    }

    /// Open: somebody still owes an answer.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Rejected | Self::Merged | Self::Withdrawn)
    }

    /// The number that stands for it in the tables.
    pub(crate) const fn code(self) -> i64 {
        self as i64
    }

    pub(crate) fn of_code(code: i64) -> Option<Self> {
        usize::try_from(code).ok().and_then(|place| Self::ALL.get(place).copied())
    }
}

impl From<&Stage> for State {
    fn from(stage: &Stage) -> Self {
        match stage {
            Stage::Filed => Self::Filed,
            Stage::Triaged => Self::Triaged,
            Stage::Returned => Self::Returned,
            Stage::Dispatched { .. } | Stage::Pooled { .. } => Self::Dispatched,
            Stage::Claimed(_) => Self::Claimed,
            Stage::Completed(_) => Self::Completed,
            Stage::InReview(_) => Self::InReview,
            Stage::Rework(_) => Self::Rework,
            Stage::Suspended { .. } => Self::Suspended,
            Stage::Rejected => Self::Rejected,
            Stage::Merged => Self::Merged,
            Stage::Withdrawn => Self::Withdrawn,
            Stage::Closed(_) => Self::Closed,
        }
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for State {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, UnknownState> {
        Self::ALL.into_iter().find(|state| state.name() == text).ok_or_else(|| UnknownState(text.to_owned()))
    }
}

impl Serialize for State {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
