//! What a member unit is at an instant.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::category::Category;
use crate::ids::{CommunityId, GridSlug, PersonId, RequestId, UnitId};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum MemberUnit {
    #[default]
    Absent,
    Registered(Box<Standing>),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    pub community: CommunityId,
    pub unit: UnitId,
    /// What people call it.
    #[serde(default)]
    pub name: String,
    pub categories: Vec<Category>,
    pub grids: Vec<GridSlug>,
    pub capacity: Option<u32>,
    /// The requests it works on.
    pub load: BTreeSet<RequestId>,
    /// Its staff, as far as they are known by their telephones (R14).
    #[serde(default)]
    pub members: BTreeSet<PersonId>,
}

impl MemberUnit {
    pub fn standing(&self) -> Option<&Standing> {
        match self {
            Self::Registered(standing) => Some(standing),
            Self::Absent => None,
        }
    }
}

impl Standing {
    /// Whether one more request fits into its stated capacity (R3).
    pub fn has_room(&self) -> bool {
        self.capacity.is_none_or(|capacity| self.load.len() < capacity as usize)
    }
}
