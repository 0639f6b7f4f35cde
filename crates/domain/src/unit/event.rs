//! What can happen to a member unit.

use serde::{Deserialize, Serialize};

use crate::category::Category;
use crate::event::{events, personal};
use crate::ids::{CommunityId, GridSlug, PersonId, RequestId, UnitId};

events! {
    /// An event of one member unit.
    "sandan.unit":
    Registered = "registered" 1,
    Revised = "revised" 1,
    LoadTaken = "load_taken" 1,
    LoadReleased = "load_released" 1,
    MemberAdded = "member_added" 1,
    MemberRemoved = "member_removed" 1,
}

/// One line of the resource list (资源清单, R28).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    pub kind: ResourceKind,
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResourceKind {
    People,
    Room,
    Skill,
    Money,
    Time,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    pub community: CommunityId,
    pub unit: UnitId,
    pub name: String,
    /// What it takes on; empty: anything.
    pub categories: Vec<Category>,
    /// Where it works; empty: everywhere.
    pub grids: Vec<GridSlug>,
    pub resources: Vec<Resource>,
    /// Most requests it works on at once; `None`: not stated.
    pub capacity: Option<u32>,
}

/// Its offer changed; the whole of it stands here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revised {
    pub name: String,
    pub categories: Vec<Category>,
    pub grids: Vec<GridSlug>,
    pub resources: Vec<Resource>,
    pub capacity: Option<u32>,
}

/// A request takes up one place of its capacity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadTaken {
    pub request: RequestId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadReleased {
    pub request: RequestId,
}

/// Somebody works for the unit. Who, only their telephone tells: they don't vote on the unit's work (R14).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberAdded {
    pub person: PersonId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRemoved {
    pub person: PersonId,
}

personal! {
    Registered {},
    Revised {},
    LoadTaken {},
    LoadReleased {},
    MemberAdded {},
    MemberRemoved {},
}
