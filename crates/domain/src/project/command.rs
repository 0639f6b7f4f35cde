//! What can be wished of a project.

use jiff::Timestamp;

use crate::evaluation::Terms;
use crate::ids::{CommunityId, EvaluationId, PersonId, RequestId, Slug, UnitId};
use crate::input::Text;
use crate::review::Outcome;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Open(Box<Opening>),
    /// One more request that it serves.
    AddRequest {
        request: RequestId,
    },
    /// A stage is done: its number, counted from 1.
    StageDone {
        stage: u32,
    },
    /// Somebody whose request it is not registers for its review (R14).
    Register(Registration),
    /// It is finished; its review opens at once.
    Finish(Box<Finish>),
    /// From the count of a round's ballots.
    Conclude {
        round: u32,
        evaluation: EvaluationId,
        outcome: Outcome,
    },
    /// The oversight board ends it, from the third rework on (R19).
    CloseDissatisfied {
        reason: Text,
    },
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    pub community: CommunityId,
    /// Unique in its community.
    pub name: Slug,
    pub title: Text,
    /// Who answers for it, by name and office. Public.
    pub responsible: Text,
    pub unit: UnitId,
    pub requests: Vec<RequestId>,
    pub stages: Vec<StageInput>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageInput {
    pub name: Text,
    /// The first instant that is too late.
    pub due: Timestamp,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    pub person: PersonId,
    pub name: Option<Text>,
    pub phone: Option<Text>,
    pub email: Option<Text>,
    /// The unit they work for, if it is one.
    pub works_for: Option<UnitId>,
    /// They filed or joined one of its requests, so they vote anyway.
    pub is_served: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finish {
    /// What residents are told. Public.
    pub answer: Text,
    pub evaluation: EvaluationId,
    pub terms: Terms,
    /// Who filed or joined its requests. Whoever carries the command out fills this in, and who of them is barred.
    pub people: Vec<PersonId>,
    /// R14: staff of the units that did the work.
    pub barred: Vec<PersonId>,
}
