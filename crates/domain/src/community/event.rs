//! What can happen to a community.

use serde::{Deserialize, Serialize};

use crate::event::{events, personal};
use crate::ids::{CommunityId, GridSlug};

events! {
    /// An event of one community.
    "sandan.community":
    Founded = "founded" 1,
    GridAdded = "grid_added" 1,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Founded {
    pub community: CommunityId,
    pub name: String,
    /// The level above: a town, or a larger community.
    pub parent: Option<CommunityId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GridAdded {
    pub grid: GridSlug,
    pub name: String,
    /// 网格长: who answers for it.
    pub lead: Option<String>,
}

personal! {
    Founded {},
    GridAdded {},
}
