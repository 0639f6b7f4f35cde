//! Communities, grids, units, and who sees which.

use sandan_domain::CommunityId;

use crate::query;
use crate::views::Answer;
use crate::{CommunityView, GridView, Sight, UnitView, Views};

impl Views {
    /// What a scope covers: `None` is everything, a community stands for itself and those below it.
    pub async fn sight_of(&self, scope: Option<&CommunityId>) -> Answer<Sight> {
        let Some(community) = scope.cloned() else { return Ok(Sight::All) };
        self.ask(move |tables| query::sight_of(tables, &community)).await
    }

    /// By slug.
    pub async fn communities(&self, sight: &Sight) -> Answer<Vec<CommunityView>> {
        let sight = sight.clone();
        self.ask(move |tables| query::communities(tables, &sight)).await
    }

    /// Of one community alone, or of all in sight.
    pub async fn grids(&self, sight: &Sight, community: Option<&CommunityId>) -> Answer<Vec<GridView>> {
        let (sight, community) = (sight.clone(), community.cloned());
        self.ask(move |tables| query::grids(tables, &sight, community.as_ref())).await
    }

    /// Of one community alone, or of all in sight.
    pub async fn units(&self, sight: &Sight, community: Option<&CommunityId>) -> Answer<Vec<UnitView>> {
        let (sight, community) = (sight.clone(), community.cloned());
        self.ask(move |tables| query::units(tables, &sight, community.as_ref())).await
    }
}
