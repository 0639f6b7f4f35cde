//! A unit rates the community, for every aspect at once; its last answer holds.

use std::collections::BTreeMap;

use crate::ids::{CommunityId, UnitId};
use crate::review::Rating;
use crate::scoring::decide::Decision;
use crate::scoring::event::{Aspect, CommunityRated, Event};
use crate::scoring::rejection::Rejection;

pub(super) fn decide(
    (community, year): (CommunityId, i16),
    unit: UnitId,
    ratings: BTreeMap<Aspect, Rating>,
) -> Decision {
    if let Some(missing) = Aspect::ALL.into_iter().find(|aspect| !ratings.contains_key(aspect)) {
        return Err(Rejection::Unrated { missing });
    }
    Ok(vec![Event::CommunityRated(CommunityRated { community, year, unit, ratings })])
}
