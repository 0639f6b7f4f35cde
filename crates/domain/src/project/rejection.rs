//! Why something is refused to a project.

use crate::ids::{RequestId, UnitId};
use crate::rejection::Class;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    #[error("there is no such project")]
    NotFound,
    #[error("the project was opened before")]
    OpenedBefore,
    #[error("a project serves 1 to {max} requests, each once")]
    Requests { max: usize },
    #[error("a project has 1 to {max} stages")]
    Stages { max: usize },
    #[error("the project serves this request already")]
    ServedAlready { request: RequestId },
    #[error("the project is {phase}: that is done while it is worked on")]
    NotWorkedOn { phase: &'static str },
    #[error("the project has {stages} stages; there is no stage {stage}")]
    NoSuchStage { stage: u32, stages: usize },
    #[error("stage {stage} was done before")]
    StageDoneBefore { stage: u32 },
    #[error("{open} stages are not done yet")]
    StagesOpen { open: usize },
    #[error("the project is closed")]
    ClosedBefore,
    #[error("whoever has this telephone has registered before; one phone registers once (R14)")]
    RegisteredBefore,
    #[error("one of your requests is served by this project: you vote with its tracking code (R14)")]
    VotesAnyway,
    #[error("whoever works for {unit} can't rate the work of {unit} (R14)")]
    OwnWork { unit: UnitId },
    #[error("{max} have registered, and more are not taken")]
    RegistrationFull { max: usize },
    #[error("drawing tokens must end in the future, and voting after that")]
    Terms,
    #[error("the oversight board can close a project from the third rework on (R19); it was reworked {reworks} times")]
    TooEarlyToClose { reworks: u32 },
}

impl Rejection {
    pub const fn class(&self) -> Class {
        match self {
            Self::NotFound => Class::NotFound,
            Self::OwnWork { .. } => Class::Forbidden,
            Self::Requests { .. } => Class::Input { field: "requests" },
            Self::Stages { .. } => Class::Input { field: "stages" },
            Self::NoSuchStage { .. } => Class::Input { field: "stage" },
            Self::Terms => Class::Input { field: "voting_until" },
            Self::OpenedBefore
            | Self::ServedAlready { .. }
            | Self::NotWorkedOn { .. }
            | Self::StageDoneBefore { .. }
            | Self::StagesOpen { .. }
            | Self::ClosedBefore
            | Self::RegisteredBefore
            | Self::VotesAnyway
            | Self::RegistrationFull { .. }
            | Self::TooEarlyToClose { .. } => Class::Conflict,
        }
    }

    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "project-not-found",
            Self::OpenedBefore => "project-opened-before",
            Self::Requests { .. } => "project-requests",
            Self::Stages { .. } => "project-stages",
            Self::ServedAlready { .. } => "project-served-already",
            Self::NotWorkedOn { .. } => "project-not-worked-on",
            Self::NoSuchStage { .. } => "project-no-such-stage",
            Self::StageDoneBefore { .. } => "project-stage-done-before",
            Self::StagesOpen { .. } => "project-stages-open",
            Self::ClosedBefore => "project-closed-before",
            Self::RegisteredBefore => "project-registered-before",
            Self::VotesAnyway => "project-votes-anyway",
            Self::OwnWork { .. } => "project-own-work",
            Self::RegistrationFull { .. } => "project-registration-full",
            Self::Terms => "project-terms",
            Self::TooEarlyToClose { .. } => "project-too-early-to-close",
        }
    }
}
