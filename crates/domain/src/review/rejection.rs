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
    /// R14: nobody judges their own unit's work.
    #[error("whoever belongs to a unit that did the work does not vote on it (R14)")]
    OfTheUnit,
    /// What somebody cast with their own hands the staff don't write over.
    #[error("this resident has voted in round {round} already: a ballot entered for them can't take its place (R14)")]
    CastThemselves { round: u32 },
    /// R19a.
    #[error("round {round} is open still: its ballots may yet change, and can be appealed when it has ended (R19a)")]
    AppealTooEarly { round: u32 },
    /// R19a.
    #[error("a ballot of round {round} can't be appealed any more: round {now} has opened (R19a)")]
    AppealTooLate { round: u32, now: u32 },
    #[error("there is no such ballot")]
    NoBallot,
    /// R19a: only what speaks against the unit.
    #[error("a satisfied ballot can't be appealed (R19a)")]
    NothingToAppeal,
    /// R19a.
    #[error("this ballot was appealed before: there is one appeal (R19a)")]
    AppealedBefore,
    #[error("no appeal against this ballot waits for a decision")]
    NoAppeal,
    /// R19a: whose work the ballot judges.
    #[error("only a unit that did the work can appeal a ballot about it (R19a)")]
    NotTheUnits,
    /// R19a: somebody independent.
    #[error("a unit does not decide its own appeal (R19a)")]
    OwnAppeal,
}

impl Rejection {
    pub const fn class(&self) -> Class {
        match self {
            Self::NoRound
            | Self::RoundClosed { .. }
            | Self::NotInElectorate { .. }
            | Self::NoChangeAnyMore { .. }
            | Self::RoundOpen { .. }
            | Self::CastThemselves { .. }
            | Self::AppealTooEarly { .. }
            | Self::AppealTooLate { .. }
            | Self::NothingToAppeal
            | Self::AppealedBefore
            | Self::NoAppeal => Class::Conflict,
            Self::OfTheUnit | Self::OwnAppeal | Self::NotTheUnits => Class::Forbidden,
            Self::NoBallot => Class::NotFound,
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
            Self::OfTheUnit => "of-the-unit",
            Self::CastThemselves { .. } => "cast-themselves",
            Self::AppealTooEarly { .. } => "appeal-too-early",
            Self::AppealTooLate { .. } => "appeal-too-late",
            Self::NoBallot => "no-ballot",
            Self::NothingToAppeal => "nothing-to-appeal",
            Self::AppealedBefore => "appealed-before",
            Self::NoAppeal => "no-appeal",
            Self::OwnAppeal => "own-appeal",
            Self::NotTheUnits => "not-the-units",
        }
    }
}
