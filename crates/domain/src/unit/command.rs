//! What can be wished of a member unit.

use crate::category::Category;
use crate::ids::{CommunityId, GridSlug, PersonId, RequestId, UnitId};
use crate::input::Text;
use crate::unit::event::Resource;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Register {
        community: CommunityId,
        unit: UnitId,
        profile: Profile,
    },
    Revise(Profile),
    /// From a request: the unit works on it. `checked`: by its own claim, which its capacity limits; what the
    /// desk or a review gives it is never refused (R3).
    TakeOn {
        request: RequestId,
        checked: bool,
    },
    /// From a request: the unit works on it no longer.
    LetGo {
        request: RequestId,
    },
    /// Somebody of its staff: they don't vote on its work (R14).
    AddMember {
        person: PersonId,
    },
    RemoveMember {
        person: PersonId,
    },
}

/// What a unit offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    pub name: Text,
    pub categories: Vec<Category>,
    pub grids: Vec<GridSlug>,
    pub resources: Vec<Resource>,
    pub capacity: Option<u32>,
}
