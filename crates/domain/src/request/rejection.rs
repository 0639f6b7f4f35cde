//! Why a step of a request is refused.

use crate::ids::UnitId;
use crate::input::InputError;
use crate::rejection::Class;
use crate::request::step::Step;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("there is no such request")]
    NotFound,
    #[error("the request was filed before")]
    FiledBefore,
    /// The state does not permit the step.
    #[error("{} is not permitted while the request is {state}", step.name())]
    NotPermitted { step: Step, state: &'static str, permitted: Vec<&'static str> },
    /// Somebody else's race (R3).
    #[error("{unit} has claimed the request")]
    ClaimedBy { unit: UnitId, permitted: Vec<&'static str> },
    /// This unit is on the request already.
    #[error("{unit} is on this request already")]
    OnItAlready { unit: UnitId, permitted: Vec<&'static str> },
    /// Another unit answers for it.
    #[error("the request is not with your unit")]
    NotYours,
    /// R1.
    #[error("only the leading unit, {lead}, may do that (R1)")]
    NotLead { lead: UnitId },
    /// R4: the committee has ruled.
    #[error("the request was returned twice and the committee's ruling binds: it can't be returned again (R4)")]
    RulingBinds { state: &'static str, permitted: Vec<&'static str> },
    /// R19: residents sent it back, so the desk can't reject it.
    #[error("residents sent the request back: it can't be rejected, only worked on until they are satisfied (R19)")]
    NotRejectedInRework { state: &'static str, permitted: Vec<&'static str> },
    /// R14: one phone joins once.
    #[error("this person has joined the request already (R14)")]
    JoinedAlready { state: &'static str, permitted: Vec<&'static str> },
    /// R5: merging is only into one not yet completed.
    #[error("the other request is {state}: merging is only into one that is not yet completed (R5)")]
    MergeIntoFinished { state: &'static str },
    #[error("a request can't be merged into itself")]
    MergeIntoItself,
    #[error("the other request belongs to another community")]
    MergeAcrossCommunities,
    /// R11: an extension is asked for before the deadline.
    #[error("the deadline has passed: an extension is asked for before it (R11)")]
    TooLateToExtend { state: &'static str, permitted: Vec<&'static str> },
    /// R11: once.
    #[error("the request was extended before, and there is one extension (R11)")]
    ExtendedBefore { state: &'static str, permitted: Vec<&'static str> },
    /// R11: a supervisor has not answered yet.
    #[error("an extension is asked for already, and waits for a supervisor (R11)")]
    ExtensionAsked { state: &'static str, permitted: Vec<&'static str> },
    /// R6a: verified by somebody else.
    #[error("whoever handled the request can't verify it (R6a)")]
    OwnWork,
    /// R6b: it was said once, whatever was decided.
    #[error("it was proposed before that this request is beyond law or reason, and that is said once (R6b)")]
    ProposedBefore { state: &'static str, permitted: Vec<&'static str> },
    /// R6b: somebody independent.
    #[error("a unit that worked on the request, or proposed it, does not decide whether it is beyond reason (R6b)")]
    NotIndependent,
    /// R6.
    #[error("a request that is not solved needs the reason why (R6)")]
    UnsolvedReasonMissing,
    /// R29: one project at a time.
    #[error("another project serves the request already")]
    ServedByAnother,
    #[error("the request is {state}: a project serves requests that are not yet completed")]
    TooLateToServe { state: &'static str },
    #[error("{field} {error}")]
    Input { field: &'static str, error: InputError },
    #[error("a request can carry {max} photos and has {max}")]
    TooManyPhotos { max: u32, state: &'static str, permitted: Vec<&'static str> },
}

impl Rejection {
    pub const fn class(&self) -> Class {
        match self {
            Self::NotFound => Class::NotFound,
            Self::NotYours | Self::NotLead { .. } | Self::OwnWork | Self::NotIndependent => Class::Forbidden,
            Self::UnsolvedReasonMissing => Class::Input { field: "unsolved_reason" },
            Self::Input { field, .. } => Class::Input { field },
            Self::MergeIntoItself | Self::MergeAcrossCommunities => Class::Input { field: "into" },
            Self::FiledBefore
            | Self::NotPermitted { .. }
            | Self::ClaimedBy { .. }
            | Self::OnItAlready { .. }
            | Self::RulingBinds { .. }
            | Self::NotRejectedInRework { .. }
            | Self::JoinedAlready { .. }
            | Self::MergeIntoFinished { .. }
            | Self::TooLateToExtend { .. }
            | Self::ExtendedBefore { .. }
            | Self::ExtensionAsked { .. }
            | Self::ProposedBefore { .. }
            | Self::ServedByAnother
            | Self::TooLateToServe { .. }
            | Self::TooManyPhotos { .. } => Class::Conflict,
        }
    }

    /// The state, and the steps that it permits: what the answer to a refused step names beside the reason.
    pub fn standing(&self) -> Option<(&'static str, &[&'static str])> {
        match self {
            Self::NotPermitted { state, permitted, .. }
            | Self::RulingBinds { state, permitted }
            | Self::NotRejectedInRework { state, permitted }
            | Self::JoinedAlready { state, permitted }
            | Self::TooLateToExtend { state, permitted }
            | Self::ExtendedBefore { state, permitted }
            | Self::ExtensionAsked { state, permitted }
            | Self::ProposedBefore { state, permitted }
            | Self::TooManyPhotos { state, permitted, .. } => Some((state, permitted)),
            // Only work in progress can be another's, or one's own already.
            Self::ClaimedBy { permitted, .. } | Self::OnItAlready { permitted, .. } => Some(("claimed", permitted)),
            Self::NotFound
            | Self::FiledBefore
            | Self::NotYours
            | Self::NotLead { .. }
            | Self::MergeIntoFinished { .. }
            | Self::MergeIntoItself
            | Self::MergeAcrossCommunities
            | Self::OwnWork
            | Self::NotIndependent
            | Self::UnsolvedReasonMissing
            | Self::ServedByAnother
            | Self::TooLateToServe { .. }
            | Self::Input { .. } => None,
        }
    }

    /// A stable word for the rejection.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "request-not-found",
            Self::FiledBefore => "filed-before",
            Self::NotPermitted { .. } => "not-permitted",
            Self::ClaimedBy { .. } => "claimed-by-another",
            Self::OnItAlready { .. } => "on-it-already",
            Self::NotYours => "not-yours",
            Self::NotLead { .. } => "not-lead",
            Self::RulingBinds { .. } => "ruling-binds",
            Self::NotRejectedInRework { .. } => "not-rejected-in-rework",
            Self::JoinedAlready { .. } => "joined-already",
            Self::MergeIntoFinished { .. } => "merge-into-finished",
            Self::MergeIntoItself => "merge-into-itself",
            Self::MergeAcrossCommunities => "merge-across-communities",
            Self::TooLateToExtend { .. } => "too-late-to-extend",
            Self::ExtendedBefore { .. } => "extended-before",
            Self::ExtensionAsked { .. } => "extension-asked",
            Self::ProposedBefore { .. } => "proposed-before",
            Self::OwnWork => "own-work",
            Self::NotIndependent => "not-independent",
            Self::UnsolvedReasonMissing => "unsolved-reason-missing",
            Self::ServedByAnother => "served-by-another",
            Self::TooLateToServe { .. } => "too-late-to-serve",
            Self::Input { error, .. } => error.code(),
            Self::TooManyPhotos { .. } => "too-many-photos",
        }
    }
}
