//! What a community is at an instant.

use std::collections::BTreeSet;

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
}
