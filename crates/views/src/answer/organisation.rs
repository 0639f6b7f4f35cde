//! Communities, grids and units as they are listed.

use sandan_domain::unit::Resource;
use sandan_domain::{Category, CommunityId, GridSlug, UnitId};
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CommunityView {
    pub slug: CommunityId,
    pub name: String,
    pub parent: Option<CommunityId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GridView {
    pub slug: GridSlug,
    pub community: CommunityId,
    pub name: String,
    /// 网格长
    pub lead: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitView {
    pub slug: UnitId,
    pub community: CommunityId,
    pub name: String,
    /// What it takes on; empty: anything.
    pub categories: Vec<Category>,
    /// Where it works; empty: everywhere.
    pub grids: Vec<GridSlug>,
    pub resources: Vec<Resource>,
    pub capacity: Option<u32>,
    /// Requests it works on.
    pub load: u32,
}
