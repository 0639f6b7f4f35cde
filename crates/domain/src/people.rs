//! Who acts: roles, and the levels that answer for one another.

#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{PersonId, UnitId};

/// What somebody may do follows from their role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 居民: needs no account; the tracking code is the key.
    Resident,
    /// A device in a public place.
    Kiosk,
    /// 民情热线 operator.
    Hotline,
    /// 网格员.
    GridWorker,
    /// Committee clerk: triage, matching, dispatch.
    Dispatcher,
    /// Staff of a member unit (成员单位).
    Unit,
    Supervisor,
    /// 监事会.
    Oversight,
    Administrator,
    /// The program itself, when a promise falls due.
    System,
}

impl Role {
    /// The roles that tokens and accounts can have.
    pub const STAFF: [Self; 8] = [
        Self::Kiosk,
        Self::Hotline,
        Self::GridWorker,
        Self::Dispatcher,
        Self::Unit,
        Self::Supervisor,
        Self::Oversight,
        Self::Administrator,
    ];

    /// The name used on the command line, in tokens and in the log.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Resident => "resident",
            Self::Kiosk => "kiosk",
            Self::Hotline => "hotline",
            Self::GridWorker => "grid-worker",
            Self::Dispatcher => "dispatcher",
            Self::Unit => "unit",
            Self::Supervisor => "supervisor",
            Self::Oversight => "oversight",
            Self::Administrator => "administrator",
            Self::System => "system",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no role that can be given to somebody.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not a role; the roles are kiosk, hotline, grid-worker, dispatcher, unit, supervisor, oversight and administrator"
)]
pub struct UnknownRole(pub String);

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::STAFF.into_iter().find(|role| role.name() == text).ok_or_else(|| UnknownRole(text.to_owned()))
    }
}

/// Who wishes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A resident, known by the phone they gave or by a tracking code; `None` before either.
    Resident(Option<PersonId>),
    /// Somebody with an account or a token.
    Staff { role: Role, id: Uuid, unit: Option<UnitId> },
    /// The program itself.
    System,
}

impl Actor {
    pub const fn role(&self) -> Role {
        match self {
            Self::Resident(_) => Role::Resident,
            Self::Staff { role, .. } => *role,
            Self::System => Role::System,
        }
    }

    /// The unit that this actor works for.
    pub const fn unit(&self) -> Option<&UnitId> {
        match self {
            Self::Staff { unit, .. } => unit.as_ref(),
            Self::Resident(_) | Self::System => None,
        }
    }
}

/// As written into the log: a role and an id, never a name.
impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resident(Some(person)) => write!(f, "resident:{person}"),
            Self::Resident(None) => f.write_str("resident"),
            Self::Staff { role, unit: Some(unit), .. } => write!(f, "{role}:{unit}"),
            Self::Staff { role, id, unit: None } => write!(f, "{role}:{id}"),
            Self::System => f.write_str("system"),
        }
    }
}

/// The levels a request climbs when time runs out (R10).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Grid,
    Branch,
    Community,
    Town,
}

impl Level {
    /// The level above; the town has none.
    pub const fn above(self) -> Option<Self> {
        match self {
            Self::Grid => Some(Self::Branch),
            Self::Branch => Some(Self::Community),
            Self::Community => Some(Self::Town),
            Self::Town => None,
        }
    }
}
