//! What a community is at an instant.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::ids::{CommunityId, GridSlug};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub enum Community {
    #[default]
    Absent,
    Founded(Place),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    pub community: CommunityId,
    pub parent: Option<CommunityId>,
    pub grids: BTreeSet<GridSlug>,
    /// Who answers for a grid (网格长), where that is known.
    #[serde(default)]
    pub leads: BTreeMap<GridSlug, String>,
}
