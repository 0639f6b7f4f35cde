//! A project from its opening to its end.

mod life;
mod light;

use crate::evaluation::Terms;
use crate::ids::{EvaluationId, RequestId, UnitId};
use crate::project::{Command, Finish, Opening, Plan, Project, Projects, Registration, StageInput};
use crate::review::Outcome;
use crate::testing::{Past, at, community, person, request, text, unit};

pub(super) fn parks() -> UnitId {
    unit("parks")
}

pub(super) fn opening(requests: Vec<RequestId>, stages: &[&str]) -> Opening {
    let stage = |due: &&str| StageInput { name: text("a stage"), due: at(due) };
    Opening {
        community: community(),
        name: "river-walk".parse().unwrap(),
        title: text("the river walk"),
        responsible: text("Wang, of the committee"),
        unit: parks(),
        requests,
        stages: stages.iter().map(stage).collect(),
    }
}

/// Two requests, one stage, opened on Monday, 2 November.
pub(super) fn opened() -> Past<Projects> {
    let requests = vec![request("lamps"), request("paving")];
    Past::nothing().done(Command::Open(Box::new(opening(requests, &["2026-11-20 00:00"]))))
}

pub(super) fn evaluation(round: u32) -> EvaluationId {
    EvaluationId(uuid::Uuid::from_u128(u128::from(round)))
}

pub(super) fn register(name: &str) -> Registration {
    let (phone, email, works_for) = Default::default();
    Registration { person: person(name), name: Some(text(name)), phone, email, works_for, is_served: false }
}

pub(super) fn stage_done(stage: u32) -> Command {
    Command::StageDone { stage }
}

/// Of Wang and Li, who filed; the unit's own among them are barred.
pub(super) fn finish(round: u32, barred: &[&str]) -> Command {
    let people = |names: &[&str]| names.iter().map(|name| person(name)).collect();
    Command::Finish(Box::new(Finish {
        answer: text("it is done"),
        evaluation: evaluation(round),
        terms: Terms {
            public_key: "a key".to_owned(),
            fingerprint: "its print".to_owned(),
            drawing_until: at("2027-11-10 09:00"),
            voting_until: at("2027-11-10 10:00"),
        },
        people: people(&["wang", "li"]),
        barred: people(barred),
    }))
}

pub(super) fn conclude(round: u32, outcome: Outcome) -> Command {
    Command::Conclude { round, evaluation: evaluation(round), outcome }
}

impl Past<Projects> {
    pub(super) fn plan(&self) -> &Plan {
        match &self.state {
            Project::Opened(plan) => plan,
            Project::Absent => panic!("nothing was opened"),
        }
    }

    /// Sent back so many times.
    pub(super) fn reworked(self, times: u32) -> Self {
        (1..=times).fold(self, |past, round| past.done(finish(round, &[])).done(conclude(round, Outcome::Rework)))
    }
}
