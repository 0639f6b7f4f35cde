//! A unit joins, or changes what it offers.

use crate::ids::{CommunityId, UnitId};
use crate::unit::command::Profile;
use crate::unit::event::{Event, Registered, Revised};

pub(super) fn registered(community: CommunityId, unit: UnitId, profile: Profile) -> Vec<Event> {
    let Profile { name, categories, grids, resources, capacity } = profile;
    let name = name.into_string();
    vec![Event::Registered(Registered { community, unit, name, categories, grids, resources, capacity })]
}

pub(super) fn revised(profile: Profile) -> Vec<Event> {
    let Profile { name, categories, grids, resources, capacity } = profile;
    vec![Event::Revised(Revised { name: name.into_string(), categories, grids, resources, capacity })]
}
