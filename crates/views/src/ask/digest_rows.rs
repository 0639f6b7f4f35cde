//! Which number of a digest is opened into its rows (R26).

use std::str::FromStr;

use sandan_domain::CommunityId;

use super::{By, DigestQuery};

/// A count of a digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DigestFigure {
    Filed,
    Triaged,
    Dispatched,
    Completed,
    Closed,
    /// Handed back by a unit so far, of those filed in the period (R4). A request may be handed back twice.
    Returns,
    Open,
    Overdue,
}

impl DigestFigure {
    pub const ALL: [Self; 8] = [
        Self::Filed,
        Self::Triaged,
        Self::Dispatched,
        Self::Completed,
        Self::Closed,
        Self::Returns,
        Self::Open,
        Self::Overdue,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Triaged => "triaged",
            Self::Dispatched => "dispatched",
            Self::Completed => "completed",
            Self::Closed => "closed",
            Self::Returns => "returns",
            Self::Open => "open",
            Self::Overdue => "overdue",
        }
    }

    /// Whether it says how things stood at the end; what happened in the period else.
    pub const fn is_of_the_end(self) -> bool {
        matches!(self, Self::Open | Self::Overdue)
    }
}

impl FromStr for DigestFigure {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|figure| figure.name() == text).ok_or(())
    }
}

/// The requests behind one number of a digest. Where it counts returns, the requests with at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestRows {
    pub query: DigestQuery,
    pub figure: DigestFigure,
    /// Of the period before, as far as that digest tells of it.
    pub before: bool,
    /// One group of them.
    pub part: Option<DigestPart>,
}

/// A group of a digest, as [`crate::DigestGroup`] names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DigestPart {
    pub by: By,
    /// `None`: those that belong to none.
    pub group: Option<String>,
    /// Whose unit or grid it is; `None`: any of this slug.
    pub community: Option<CommunityId>,
}
