//! Which unit gets what nobody claimed (R3): the best match of those that are registered, as the log has them.

use std::sync::Arc;

use sandan_domain::unit::{MemberUnit, Standing, Unit, best_match};
use sandan_domain::{CommunityId, request};

use crate::app::App;
use crate::cqrs::Kind;
use crate::execute::{Wish, unit_stream};
use crate::refusal::Refusal;

impl App {
    /// The wish that keeps a pool's promise names the unit; any other is as it was.
    pub(super) async fn with_the_best_match(&self, wish: Wish) -> Result<Wish, Refusal> {
        let Wish::Request(id, request::Command::FallBack { .. }) = wish else { return Ok(wish) };
        let case = self.case(id).await?;
        let units = self.standings(&case.community).await?;
        let units: Vec<&Standing> = units.iter().filter_map(|unit| unit.standing()).collect();
        let unit = best_match(&units, case.category.as_ref(), case.grid.as_ref());
        Ok(Wish::Request(id, request::Command::FallBack { unit }))
    }

    /// The units of a community with what they offer and carry.
    async fn standings(&self, community: &CommunityId) -> Result<Vec<Arc<MemberUnit>>, Refusal> {
        let mut standings = Vec::new();
        for unit in self.units_of(community).await? {
            let entry = self.0.states.newest::<Unit>(&unit_stream(community, &unit)).await?;
            standings.extend(Unit::take_down(&entry.state).cloned());
        }
        Ok(standings)
    }
}
