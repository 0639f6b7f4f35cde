//! Communities, grids and units by name, and who may see which.

use std::sync::Arc;

use sandan_domain::{CommunityId, InputError, NoSuch, PersonId, UnitId, community, unit};

use crate::app::App;
use crate::caller::{Caller, Scope};
use crate::cqrs::Kind;
use crate::execute::{community_stream, unit_stream};
use crate::form::{Form, present};
use crate::refusal::Refusal;

/// Longest line of communities, one below the other. The organisation has five levels.
const LEVELS_MAX: usize = 32;

impl App {
    /// Refuses a caller whose scope does not reach the community: 422 where there is none of that name, 403 where
    /// it is another's.
    pub async fn who_may_see(&self, by: &Caller, community: &CommunityId) -> Result<(), Refusal> {
        self.place("community", community).await?;
        self.in_scope(by, community).await
    }

    /// The scope alone, for a community that is known to exist.
    pub(crate) async fn in_scope(&self, by: &Caller, community: &CommunityId) -> Result<(), Refusal> {
        let Scope::Community(own) = &by.scope else { return Ok(()) };
        let mut at = Some(community.clone());
        for _ in 0..LEVELS_MAX {
            match at {
                Some(here) if here == *own => return Ok(()),
                Some(here) => at = self.found_place(&here).await?.and_then(|place| place.parent),
                None => break,
            }
        }
        Err(Refusal::forbidden(format!("{community} lies outside of {own}, to which you are limited")))
    }

    /// The community that a field names.
    pub async fn place(&self, field: &str, community: &CommunityId) -> Result<community::Place, Refusal> {
        let place = self.found_place(community).await?;
        place.ok_or_else(|| Refusal::field(field, InputError::unknown(NoSuch::community(community))))
    }

    pub(crate) async fn found_place(&self, community: &CommunityId) -> Result<Option<community::Place>, Refusal> {
        let state = self.0.states.certain::<community::Communities>(&community_stream(community)).await?.state;
        Ok(match community::Communities::take_down(&state).map(Arc::as_ref) {
            Some(community::Community::Founded(place)) => Some(place.clone()),
            _ => None,
        })
    }

    /// The same after a look at the log.
    pub(crate) async fn fresh_place(&self, community: &CommunityId) -> Result<Option<community::Place>, Refusal> {
        self.0.states.fresh::<community::Communities>(&community_stream(community)).await?;
        self.found_place(community).await
    }

    /// Refuses a unit that the community does not have.
    pub async fn unit_in(&self, field: &str, community: &CommunityId, unit: &UnitId) -> Result<(), Refusal> {
        if self.has_unit(community, unit).await? {
            Ok(())
        } else {
            Err(Refusal::field(field, InputError::unknown(NoSuch::unit(community, unit))))
        }
    }

    /// The unit of a community that a field must name. Without the community it is only read.
    pub(crate) async fn unit_named(
        &self,
        form: &mut Form,
        field: &str,
        community: Option<&CommunityId>,
        name: Option<&str>,
    ) -> Result<Option<UnitId>, Refusal> {
        let unit: Option<UnitId> = form.required_parsed(field, name);
        if let (Some(community), Some(unit)) = (community, &unit)
            && !self.has_unit(community, unit).await?
        {
            return Ok(form.keep(field, Err(InputError::unknown(NoSuch::unit(community, unit)))));
        }
        Ok(unit)
    }

    /// Whether the community has a unit of that slug.
    pub(crate) async fn has_unit(&self, community: &CommunityId, unit: &UnitId) -> Result<bool, Refusal> {
        Ok(self.known_unit(community, unit).await?.is_some())
    }

    /// What people call a unit; its slug where nothing is known of it.
    pub(crate) async fn unit_name(&self, community: &CommunityId, unit: &UnitId) -> Result<String, Refusal> {
        let name = self.known_unit(community, unit).await?.filter(|name| !name.is_empty());
        Ok(name.unwrap_or_else(|| unit.to_string()))
    }

    /// What a unit of the community is called, if there is one of that slug.
    pub(crate) async fn known_unit(&self, community: &CommunityId, unit: &UnitId) -> Result<Option<String>, Refusal> {
        let stream = unit_stream(community, unit);
        let newest = self.0.states.newest::<unit::Unit>(&stream).await?;
        // Work that comes and goes is always on its way; the registration is not, once something came after it.
        let registration_is_sure = newest.version > 1 || newest.durable.is_sure();
        let state =
            if registration_is_sure { newest } else { self.0.states.certain::<unit::Unit>(&stream).await? }.state;
        let standing = unit::Unit::take_down(&state).and_then(|unit| unit.standing());
        Ok(standing.map(|standing| standing.name.clone()))
    }

    /// The unit that somebody says they work for: one of the community, if any is named.
    pub(crate) async fn own_unit(
        &self,
        form: &mut Form,
        community: &CommunityId,
        name: Option<&str>,
    ) -> Result<Option<UnitId>, Refusal> {
        match present(name) {
            Some(name) => self.unit_named(form, "works_for", Some(community), Some(name)).await,
            None => Ok(None),
        }
    }

    /// The first of these units that has a person among its staff (R14), whatever they said themselves.
    pub async fn employer(
        &self,
        community: &CommunityId,
        units: &[UnitId],
        person: PersonId,
    ) -> Result<Option<UnitId>, Refusal> {
        for unit in units {
            let state = self.0.states.newest::<unit::Unit>(&unit_stream(community, unit)).await?.state;
            let standing = unit::Unit::take_down(&state).and_then(|unit| unit.standing());
            if standing.is_some_and(|standing| standing.members.contains(&person)) {
                return Ok(Some(unit.clone()));
            }
        }
        Ok(None)
    }
}
