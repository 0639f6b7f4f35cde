//! The steps that a life is made of.

use jiff::Timestamp;

/// What happens next, and who does it follows from what it is.
#[derive(Clone, Debug)]
pub enum Deed {
    File,
    /// Another resident joins.
    CoSign,
    Triage,
    Reject(&'static str),
    /// Into an earlier request about the same.
    Merge,
    Dispatch(To),
    Claim,
    Progress(&'static str),
    Return {
        reason: &'static str,
        basis: &'static str,
    },
    Rule,
    Complete {
        solved: bool,
    },
    Rate(Mood),
    Suspend,
    Resume,
    AskForTime,
    GrantTime,
    Withdraw(&'static str),
    CloseDissatisfied,
    /// By the unit that has it (R6b).
    CallUnreasonable,
    RuleUnreasonable,
    /// Against a ballot of the round that ended last (R19a).
    Appeal,
    RuleAppeal,
    /// The hotline rings up whoever is silent (R18).
    RingUp,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// The unit that the matter belongs to.
    Unit,
    /// Another one, which will hand it back.
    WrongUnit,
    /// That unit and another to help.
    Team,
    Pool,
}

/// How the residents concerned vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// All satisfied.
    Good,
    /// One of them is not, below 30 %.
    Mixed,
    Bad,
    /// The dispatch was wrong rather than the work (R20).
    WrongDispatch,
    /// Only the first of them has voted so far.
    Partly,
}

/// A step and when it is taken.
#[derive(Clone, Debug)]
pub struct Step {
    pub at: Timestamp,
    pub deed: Deed,
}
