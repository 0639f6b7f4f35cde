//! Whose telephones belong to the unit's staff, so that nobody votes on their own work (R14).

use crate::ids::PersonId;
use crate::unit::event::{Event, MemberAdded, MemberRemoved};
use crate::unit::state::Standing;

/// Asked twice it does nothing the second time; so does [`remove`].
pub(super) fn add(standing: &Standing, person: PersonId) -> Vec<Event> {
    if standing.members.contains(&person) { Vec::new() } else { vec![Event::MemberAdded(MemberAdded { person })] }
}

pub(super) fn remove(standing: &Standing, person: PersonId) -> Vec<Event> {
    if standing.members.contains(&person) { vec![Event::MemberRemoved(MemberRemoved { person })] } else { Vec::new() }
}
