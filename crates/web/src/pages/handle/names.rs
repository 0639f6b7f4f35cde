//! Names of units, grids and communities for the rows that a page shows.

use std::collections::{BTreeSet, HashMap};

use sandan_domain::{CommunityId, GridSlug, UnitId};
use sandan_views::{Sight, Views};

use crate::problem::Problem;

/// Of more communities than this, slugs are shown instead of names: no page reads a whole city's.
const COMMUNITIES_MAX: usize = 24;

#[derive(Default)]
pub(crate) struct Names {
    units: HashMap<(CommunityId, UnitId), String>,
    grids: HashMap<(CommunityId, GridSlug), String>,
}

impl Names {
    /// Those of the communities that rows belong to.
    pub async fn of<'a>(
        views: &Views,
        communities: impl Iterator<Item = &'a CommunityId> + Send,
    ) -> Result<Self, Problem> {
        let mut names = Self::default();
        let distinct: BTreeSet<CommunityId> = communities.cloned().collect();
        for community in distinct.iter().take(COMMUNITIES_MAX) {
            for unit in views.units(&Sight::All, Some(community)).await? {
                names.units.insert((unit.community, unit.slug), unit.name);
            }
            for grid in views.grids(&Sight::All, Some(community)).await? {
                names.grids.insert((grid.community, grid.slug), grid.name);
            }
        }
        Ok(names)
    }

    pub fn unit(&self, community: &CommunityId, unit: &UnitId) -> String {
        let known = self.units.get(&(community.clone(), unit.clone()));
        known.cloned().unwrap_or_else(|| unit.to_string())
    }

    pub fn grid(&self, community: &CommunityId, grid: &GridSlug) -> String {
        let known = self.grids.get(&(community.clone(), grid.clone()));
        known.cloned().unwrap_or_else(|| grid.to_string())
    }

    /// The unit that a text names, as events and owners do.
    pub fn unit_of(&self, community: &CommunityId, slug: &str) -> String {
        slug.parse().map_or_else(|_| slug.to_owned(), |unit| self.unit(community, &unit))
    }
}
