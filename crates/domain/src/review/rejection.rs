//! Why a ballot or a round is refused.

use jiff::Timestamp;

use crate::rejection::Class;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("there is nothing to rate yet: no review of this request is open")]
    NoRound,
    #[error("round {round} of the review is closed: its ballots can't be cast or changed any more (R14)")]
    RoundClosed {
        round: u32,
        /// At the latest.
        closed_at: Timestamp,
    },
    /// R14: the electorate is fixed when the round opens.
    #[error("who joined after round {round} had opened votes in the next round (R14)")]
    NotInElectorate { round: u32 },
    /// R14, R15: a closed round takes new ballots, and changes none.
    #[error("round {round} has ordered rework already: a ballot cast in it can't be changed any more (R14)")]
    NoChangeAnyMore { round: u32 },
    #[error("round {open} of the review is open")]
    RoundOpen { open: u32 },
    /// A word too many: the dispatch can be called wrong only along with a dissatisfied answer (R20).
    #[error("the dispatch can be marked wrong only along with a dissatisfied answer (R20)")]
    DispatchWrongWithoutDissatisfaction,
}

impl Rejection {
    pub const fn class(&self) -> Class {
        match self {
            Self::NoRound
            | Self::RoundClosed { .. }
            | Self::NotInElectorate { .. }
            | Self::NoChangeAnyMore { .. }
            | Self::RoundOpen { .. } => Class::Conflict,
            Self::DispatchWrongWithoutDissatisfaction => Class::Input { field: "dispatch_wrong" },
        }
    }

    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoRound => "no-round",
            Self::RoundClosed { .. } => "round-closed",
            Self::NotInElectorate { .. } => "not-in-electorate",
            Self::NoChangeAnyMore { .. } => "no-change-any-more",
            Self::RoundOpen { .. } => "round-open",
            Self::DispatchWrongWithoutDissatisfaction => "dispatch-wrong-without-dissatisfaction",
        }
    }
}
