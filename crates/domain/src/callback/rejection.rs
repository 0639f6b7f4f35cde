//! Why a wish about call-backs is refused.

use jiff::Timestamp;

use crate::ids::RequestId;
use crate::rejection::Class;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("there are no such call-backs")]
    NotFound,
    #[error("call-backs of this community and period were committed to before")]
    CommittedBefore,
    /// R18: nobody can pick the easy ones.
    #[error("the period begins at {from}, and it is {now}: the seed is committed to before the period begins (R18)")]
    CommittedTooLate { from: Timestamp, now: Timestamp },
    #[error("the period must end after it begins")]
    EndsBeforeItBegins,
    #[error("the period is over at {to} only: the sample is drawn then (R18)")]
    PeriodNotOver { to: Timestamp },
    #[error("the sample was drawn before")]
    DrawnBefore,
    #[error("the sample is not drawn yet")]
    NotDrawn,
    /// R18.
    #[error("the seed is not the one that was committed to: its hash is another (R18)")]
    AnotherSeed,
    #[error("request {0} is not in the sample")]
    NotInSample(RequestId),
}

impl Rejection {
    pub const fn class(&self) -> Class {
        match self {
            Self::NotFound => Class::NotFound,
            Self::EndsBeforeItBegins => Class::Input { field: "to" },
            Self::CommittedTooLate { .. } => Class::Input { field: "from" },
            Self::NotInSample(_) => Class::Input { field: "request" },
            Self::CommittedBefore
            | Self::PeriodNotOver { .. }
            | Self::DrawnBefore
            | Self::NotDrawn
            | Self::AnotherSeed => Class::Conflict,
        }
    }

    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "callback-not-found",
            Self::CommittedBefore => "callback-committed-before",
            Self::CommittedTooLate { .. } => "callback-committed-too-late",
            Self::EndsBeforeItBegins => "callback-ends-before-it-begins",
            Self::PeriodNotOver { .. } => "callback-period-not-over",
            Self::DrawnBefore => "callback-drawn-before",
            Self::NotDrawn => "callback-not-drawn",
            Self::AnotherSeed => "callback-another-seed",
            Self::NotInSample(_) => "callback-not-in-sample",
        }
    }
}
