//! Why something is refused to a member unit.

use crate::ids::UnitId;
use crate::rejection::Class;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("there is no such unit")]
    NotFound,
    #[error("there is a unit {0} in this community already")]
    RegisteredBefore(UnitId),
    /// R3.
    #[error("{unit} works on {load} requests, its stated capacity being {capacity}: it can't claim another (R3)")]
    AtCapacity { unit: UnitId, capacity: u32, load: usize },
}

impl Rejection {
    pub const fn class(&self) -> Class {
        match self {
            Self::NotFound => Class::Input { field: "unit" },
            Self::RegisteredBefore(_) => Class::Input { field: "slug" },
            Self::AtCapacity { .. } => Class::Conflict,
        }
    }

    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "unit-not-found",
            Self::RegisteredBefore(_) => "unit-registered-before",
            Self::AtCapacity { .. } => "at-capacity",
        }
    }
}
