//! Why a wish about an honour is refused.

use jiff::Timestamp;

use crate::rejection::Class;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("nobody asked about such an honour")]
    NotFound,
    #[error("the community was asked about this unit, honour and period before")]
    AskedBefore,
    #[error("the period must end after it begins")]
    EndsBeforeItBegins,
    /// Figures of a period that goes on would change behind the opinion.
    #[error("the period is over at {to} only, and it is {now}: an opinion is on figures that stand")]
    PeriodNotOver { to: Timestamp, now: Timestamp },
    /// R24: on the record, and so for good.
    #[error("the community has answered, and its opinion is on the record (R24)")]
    AnsweredBefore,
    /// R24.
    #[error("the community's opinion was asked for and is not answered yet: a unit is proposed after that (R24)")]
    NotAnswered,
    #[error("the community opposes this honour: a proposal against its opinion needs a reason (R24)")]
    ReasonNeeded,
    #[error("the unit was proposed before")]
    ProposedBefore,
    #[error("the question was dropped; ask anew with another period or honour")]
    DroppedBefore,
}

impl Rejection {
    pub const fn class(&self) -> Class {
        match self {
            Self::NotFound => Class::NotFound,
            Self::EndsBeforeItBegins | Self::PeriodNotOver { .. } => Class::Input { field: "to" },
            Self::ReasonNeeded => Class::Input { field: "reason" },
            Self::AskedBefore
            | Self::AnsweredBefore
            | Self::NotAnswered
            | Self::ProposedBefore
            | Self::DroppedBefore => Class::Conflict,
        }
    }

    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "honour-not-found",
            Self::AskedBefore => "honour-asked-before",
            Self::EndsBeforeItBegins => "honour-ends-before-it-begins",
            Self::PeriodNotOver { .. } => "honour-period-not-over",
            Self::AnsweredBefore => "honour-answered-before",
            Self::NotAnswered => "honour-not-answered",
            Self::ReasonNeeded => "honour-reason-needed",
            Self::ProposedBefore => "honour-proposed-before",
            Self::DroppedBefore => "honour-dropped-before",
        }
    }
}
