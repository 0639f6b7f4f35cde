//! The steps of a request, and which of them a state permits.

use crate::request::rejection::Rejection;
use crate::request::state::{Case, Stage, Unreasonable};

/// The steps of a request, as the API names them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    Triage,
    Dispatch,
    Claim,
    Return,
    Progress,
    Complete,
    Rule,
    Verify,
    Suspend,
    Resume,
    Extend,
    Withdraw,
    CoSign,
    Rate,
    Attach,
    Close,
    Unreasonable,
    UnreasonableDecision,
}

impl Step {
    /// In the order in which a request meets them.
    pub const ALL: [Self; 18] = [
        Self::Triage,
        Self::Dispatch,
        Self::Claim,
        Self::Return,
        Self::Progress,
        Self::Complete,
        Self::Rule,
        Self::Verify,
        Self::Suspend,
        Self::Resume,
        Self::Extend,
        Self::Withdraw,
        Self::CoSign,
        Self::Rate,
        Self::Attach,
        Self::Close,
        Self::Unreasonable,
        Self::UnreasonableDecision,
    ];

    /// The name in the contract.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Triage => "triage",
            Self::Dispatch => "dispatch",
            Self::Claim => "claim",
            Self::Return => "return",
            Self::Progress => "progress",
            Self::Complete => "complete",
            Self::Rule => "rule",
            Self::Verify => "verify",
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Extend => "extend",
            Self::Withdraw => "withdraw",
            Self::CoSign => "co-signers",
            Self::Rate => "ratings",
            Self::Attach => "attachments",
            Self::Close => "close",
            Self::Unreasonable => "unreasonable",
            Self::UnreasonableDecision => "unreasonable-decision",
        }
    }
}

impl Case {
    /// The permitted steps of this state: a step stands here exactly when somebody can take it now.
    ///
    /// Two things only are not known here. *Who* asks: the rightful actor is taken for granted, one unit's claim or
    /// return may still be another's to make. *When*: an extension is listed although its deadline may have passed,
    /// and ratings are listed while the review's round is open, not while late ballots are taken (R15), since the
    /// window is the review's to know.
    pub fn permitted(&self) -> Vec<Step> {
        use Step::*;
        let steps: &[Step] = match &self.stage {
            Stage::Filed => &[Triage, Suspend, Withdraw],
            Stage::Returned => &[Triage, Rule, Suspend, Withdraw, Close],
            Stage::Triaged => &[Dispatch, Rule, Suspend, Withdraw, Close],
            Stage::Dispatched { .. } => &[Dispatch, Claim, Return, Suspend, Extend, Withdraw, Close, Unreasonable],
            Stage::Pooled { .. } => &[Dispatch, Claim, Suspend, Withdraw, Close],
            Stage::Claimed(_) => &[Claim, Return, Progress, Complete, Suspend, Extend, Withdraw, Close, Unreasonable],
            Stage::Rework(_) => &[Dispatch, Return, Progress, Complete, Suspend, Close, Unreasonable],
            Stage::Completed(_) => &[Verify],
            Stage::InReview(_) => &[Rate],
            Stage::Suspended { .. } => &[Resume, Withdraw, Close],
            Stage::Rejected | Stage::Merged | Stage::Withdrawn | Stage::Closed(_) => return Vec::new(),
        };
        steps.iter().chain(&[CoSign, Attach, UnreasonableDecision]).copied().filter(|step| self.allows(*step)).collect()
    }

    /// The finer rules behind [`Case::permitted`]: figures rather than stages.
    fn allows(&self, step: Step) -> bool {
        match step {
            Step::Rule => self.returns >= Self::RETURNS_UNTIL_RULING,
            Step::Return => self.returns < Self::RETURNS_UNTIL_RULING,
            Step::Claim => self.stage.work().is_none_or(|work| work.open_slots > 0),
            Step::Extend => !self.extended && self.round == 1,
            Step::Withdraw => self.round == 1,
            Step::Close => self.reworks() >= Self::REWORKS_UNTIL_OVERSIGHT,
            Step::Unreasonable => self.unreasonable == Unreasonable::Unsaid,
            Step::UnreasonableDecision => matches!(self.unreasonable, Unreasonable::Proposed { .. }),
            Step::Attach => self.attachments < Self::PHOTOS_MAX,
            Step::Triage
            | Step::Dispatch
            | Step::Progress
            | Step::Complete
            | Step::Verify
            | Step::Suspend
            | Step::Resume
            | Step::CoSign
            | Step::Rate => true,
        }
    }

    /// The same, by the names of the API.
    pub fn permitted_names(&self) -> Vec<&'static str> {
        self.permitted().into_iter().map(Step::name).collect()
    }

    /// The answer to a step that this state does not permit.
    pub fn not_permitted(&self, step: Step) -> Rejection {
        Rejection::NotPermitted { step, state: self.stage.name(), permitted: self.permitted_names() }
    }
}
