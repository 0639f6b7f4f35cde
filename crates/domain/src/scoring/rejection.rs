//! Why something is refused to a community's year of scoring.

use jiff::civil::Date;

use crate::rejection::Class;
use crate::scoring::event::Aspect;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("{day} is not a day of {year} that has come")]
    Day { day: Date, year: i16 },
    #[error("a day has {max} minutes; with this entry somebody would have served {minutes} on {day}")]
    TooLong { day: Date, minutes: u32, max: u32 },
    #[error("an entry has 1 to {max} minutes")]
    Minutes { max: u32 },
    #[error("they checked in on {day} before")]
    CheckedInBefore { day: Date },
    #[error("{max} entries were made in the year, and more are not taken")]
    Full { max: u32 },
    #[error("there is no entry {entry}")]
    NoSuchEntry { entry: u32 },
    #[error("entry {entry} was struck out before")]
    StruckBefore { entry: u32 },
    #[error("{kept} of {due} commitments can't be kept")]
    Commitments { due: u32, kept: u32 },
    #[error("the community is rated for {} too", .missing.name())]
    Unrated { missing: Aspect },
}

impl Rejection {
    pub const fn class(&self) -> Class {
        match self {
            Self::Day { .. } => Class::Input { field: "day" },
            Self::TooLong { .. } | Self::Minutes { .. } => Class::Input { field: "minutes" },
            Self::NoSuchEntry { .. } => Class::Input { field: "entry" },
            Self::Commitments { .. } => Class::Input { field: "kept" },
            Self::Unrated { missing } => Class::Input { field: missing.name() },
            Self::CheckedInBefore { .. } | Self::Full { .. } | Self::StruckBefore { .. } => Class::Conflict,
        }
    }

    pub const fn code(&self) -> &'static str {
        match self {
            Self::Day { .. } => "scoring-day",
            Self::TooLong { .. } => "scoring-too-long",
            Self::Minutes { .. } => "scoring-minutes",
            Self::CheckedInBefore { .. } => "scoring-checked-in-before",
            Self::Full { .. } => "scoring-full",
            Self::NoSuchEntry { .. } => "scoring-no-such-entry",
            Self::StruckBefore { .. } => "scoring-struck-before",
            Self::Commitments { .. } => "scoring-commitments",
            Self::Unrated { .. } => "scoring-unrated",
        }
    }
}
