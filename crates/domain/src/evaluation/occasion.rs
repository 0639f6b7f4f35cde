//! What is evaluated: a quarter's work of units, a year of units and of people in office, or a finished project.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::{ProjectId, Slug};
use crate::input::{Flaw, InputError};

/// The period, or the work, that is rated. There is one evaluation of each in a community.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occasion {
    /// 季度评价例会 (R22)
    Quarter {
        year: i16,
        /// 1 to 4.
        quarter: u8,
    },
    /// 双述双评 (R17, R25)
    Year { year: i16 },
    /// 一事一评: a project that is finished, in its so-many-th round (R14, R16).
    Project { project: ProjectId, round: u32 },
}

impl Occasion {
    pub const fn is_appraisal(self) -> bool {
        matches!(self, Self::Year { .. })
    }

    /// The project and the round, where it is one's review.
    pub const fn project(self) -> Option<(ProjectId, u32)> {
        match self {
            Self::Project { project, round } => Some((project, round)),
            Self::Quarter { .. } | Self::Year { .. } => None,
        }
    }
}

/// `2026-Q4`, `2026` for the whole year, or `project-<id>-<round>`.
impl fmt::Display for Occasion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quarter { year, quarter } => write!(f, "{year}-Q{quarter}"),
            Self::Year { year } => write!(f, "{year}"),
            Self::Project { project, round } => write!(f, "project-{project}-{round}"),
        }
    }
}

/// Of what is announced: a project's review opens by itself.
impl FromStr for Occasion {
    type Err = InputError;

    fn from_str(text: &str) -> Result<Self, InputError> {
        let wrong = || InputError::malformed(Flaw::Occasion);
        let year = |text: &str| text.parse().ok().filter(|year| (2000..=2999).contains(year)).ok_or_else(wrong);
        match text.split_once("-Q").or_else(|| text.split_once("-q")) {
            None => Ok(Self::Year { year: year(text)? }),
            Some((before, quarter)) => {
                let quarter = quarter.parse().ok().filter(|quarter| (1..=4).contains(quarter)).ok_or_else(wrong)?;
                Ok(Self::Quarter { year: year(before)?, quarter })
            }
        }
    }
}

/// Who or what is rated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Of a unit: its slug.
    pub id: Slug,
    pub kind: SubjectKind,
    /// As it stands on the public list: a unit's name, or an office and who holds it.
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// A member unit (成员单位).
    Unit,
    /// A person in office (R17).
    Officer,
    /// A full-time worker (R25).
    Worker,
    /// A finished project (R16).
    Project,
}

impl SubjectKind {
    /// Those that an announcement can name.
    pub const ANNOUNCED: [Self; 3] = [Self::Unit, Self::Officer, Self::Worker];

    /// The name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Officer => "officer",
            Self::Worker => "worker",
            Self::Project => "project",
        }
    }
}
