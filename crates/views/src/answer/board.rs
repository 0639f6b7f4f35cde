//! The live board: figures that are kept, never counted.

use jiff::civil::Date;
use sandan_domain::time::Light;
use sandan_domain::{CommunityId, GridSlug, UnitId};
use serde::Serialize;

use super::{RequestRow, State};

/// What a supervisor sees at a glance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Board {
    /// The position that the figures stand at.
    pub position: u64,
    /// Every state, in the order of [`State::ALL`].
    pub by_state: Vec<(State, u64)>,
    /// Of open requests.
    pub by_light: Lights,
    pub open: u64,
    pub overdue: u64,
    /// Most red first, at most 200.
    pub by_unit: Vec<UnitFigures>,
    /// Most open first, at most 200.
    pub by_grid: Vec<GridFigures>,
    /// Most red first, at most 200; communities that ever had a request.
    pub by_community: Vec<CommunityFigures>,
    pub today: Day,
    /// Today and the 29 days before, oldest first.
    pub days: Vec<Day>,
    /// The ten filed last.
    pub newest: Vec<RequestRow>,
    /// Open and red: the ten that were filed first.
    pub red: Vec<RequestRow>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Lights {
    pub green: u64,
    pub yellow: u64,
    pub red: u64,
}

impl Lights {
    pub const fn of(&self, light: Light) -> u64 {
        match light {
            Light::Green => self.green,
            Light::Yellow => self.yellow,
            Light::Red => self.red,
        }
    }
}

/// A unit's open requests, those it leads, and what it handed back (R4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitFigures {
    pub community: CommunityId,
    pub unit: UnitId,
    pub name: Option<String>,
    pub open: u64,
    pub overdue: u64,
    pub lights: Lights,
    /// Requests handed back, ever.
    pub returns: u64,
    /// Time that requests spent with it until it handed them back.
    pub lost_in_hours: u64,
    /// Requests that came to it with under a fifth of their time left, ever (R4).
    pub late_arrivals: u64,
    /// Completions, ever, and those within the limit's length of its own hours (R4).
    pub done: u64,
    pub own_on_time: u64,
    /// Time that requests spent with it until it completed them or handed them back.
    pub held_in_hours: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GridFigures {
    pub community: CommunityId,
    pub grid: GridSlug,
    pub name: Option<String>,
    pub open: u64,
    pub overdue: u64,
    pub lights: Lights,
}

/// A community's own open requests, without those of communities below it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CommunityFigures {
    pub community: CommunityId,
    pub name: Option<String>,
    pub open: u64,
    pub overdue: u64,
    pub lights: Lights,
}

/// A day in the policy's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Day {
    pub date: Date,
    pub filed: u64,
    pub closed: u64,
}
