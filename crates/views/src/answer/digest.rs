//! Digests of the ledger (R26): what a day, a week or a month brought, and how things stood at its end.

use jiff::Timestamp;
use jiff::civil::Date;
use sandan_domain::CommunityId;
use serde::Serialize;

use super::{RatesRow, RequestRow};
use crate::ask::{DigestFigure, DigestKind};

/// One period's digest, as its read models stood.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Digest {
    pub kind: DigestKind,
    pub community: Option<CommunityId>,
    /// First and last day.
    pub first: Date,
    pub last: Date,
    /// `from` included, `to` not.
    pub from: Timestamp,
    pub to: Timestamp,
    /// What is said is what was recorded by then.
    pub as_of: Timestamp,
    pub figures: DigestFigures,
    /// Of the period before, as far as they are about what happened in it.
    pub before: DigestFigures,
    /// Of the requests filed in the period (R27).
    pub rates: RatesRow,
    pub rates_before: RatesRow,
    pub by_category: Vec<DigestGroup>,
    pub by_grid: Vec<DigestGroup>,
    pub by_unit: Vec<DigestGroup>,
    pub by_channel: Vec<DigestGroup>,
    /// Filed in the period, oldest first; at most [`crate::DIGEST_ROWS_MAX`].
    pub filed: Vec<RequestRow>,
    /// Open and late at the end, oldest first.
    pub overdue: Vec<RequestRow>,
    /// Open the longest at the end.
    pub oldest: Vec<RequestRow>,
}

/// Counts. The first five are of what happened in the period, the last two of how it stood at the end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DigestFigures {
    pub filed: u64,
    pub triaged: u64,
    pub dispatched: u64,
    pub completed: u64,
    pub closed: u64,
    /// Handed back by a unit so far, by the requests filed in the period (R4).
    pub returns: u64,
    pub open: u64,
    pub overdue: u64,
}

/// The same of one group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DigestGroup {
    /// A category of the first level, a grid's or unit's slug, a channel; `null`: those without one.
    pub group: Option<String>,
    /// Of a unit or a grid.
    pub name: Option<String>,
    /// Of a unit or a grid.
    pub community: Option<CommunityId>,
    #[serde(flatten)]
    pub figures: DigestFigures,
}

impl DigestFigures {
    pub(crate) fn add(&mut self, other: &Self) {
        self.filed += other.filed;
        self.triaged += other.triaged;
        self.dispatched += other.dispatched;
        self.completed += other.completed;
        self.closed += other.closed;
        self.returns += other.returns;
        self.open += other.open;
        self.overdue += other.overdue;
    }

    /// One of them.
    pub const fn of(&self, figure: DigestFigure) -> u64 {
        match figure {
            DigestFigure::Filed => self.filed,
            DigestFigure::Triaged => self.triaged,
            DigestFigure::Dispatched => self.dispatched,
            DigestFigure::Completed => self.completed,
            DigestFigure::Closed => self.closed,
            DigestFigure::Returns => self.returns,
            DigestFigure::Open => self.open,
            DigestFigure::Overdue => self.overdue,
        }
    }

    /// Whether there is anything to say.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
