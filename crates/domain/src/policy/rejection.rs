//! Why something is refused to a community's policies.

use jiff::Timestamp;

use crate::rejection::Class;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("version {version} takes effect at {from} already; name another instant, so that it is clear which holds")]
    SameBeginning { version: u32, from: Timestamp },
    #[error("a policy never takes effect in the past: {from} lies before {now}")]
    BeginsInThePast { from: Timestamp, now: Timestamp },
    #[error("a calendar must list at least one day: years without any exception are not known to be so")]
    EmptyCalendar,
    #[error("this community has published {max} versions, and more are not kept")]
    TooManyVersions { max: usize },
    #[error("there is no version {0} of this policy")]
    NoSuchVersion(u32),
}

impl Rejection {
    pub const fn class(&self) -> Class {
        match self {
            Self::SameBeginning { .. } | Self::BeginsInThePast { .. } => Class::Input { field: "from" },
            Self::EmptyCalendar => Class::Input { field: "days" },
            Self::TooManyVersions { .. } => Class::Conflict,
            Self::NoSuchVersion(_) => Class::NotFound,
        }
    }

    pub const fn code(&self) -> &'static str {
        match self {
            Self::SameBeginning { .. } => "policy-same-beginning",
            Self::BeginsInThePast { .. } => "policy-begins-in-the-past",
            Self::EmptyCalendar => "calendar-empty",
            Self::TooManyVersions { .. } => "policy-versions-full",
            Self::NoSuchVersion(_) => "policy-no-such-version",
        }
    }
}
