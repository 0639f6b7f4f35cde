//! Promises: what the program will do by itself when its time has come (R13).
//!
//! Those of a request follow from its state alone, so that whatever changes the state sets and releases the right
//! timers: nobody has to remember to.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::callback;
use crate::evaluation;
use crate::ids::{CallbackId, CommunityId, EvaluationId, RequestId, derive};
use crate::policy;
use crate::process::Reaction;
use crate::request::{self, ServiceRequest, Stage};
use crate::review;

/// Each carries what makes it the only one of its kind: the round, or its own time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// End a round of a review (R15).
    EndRound { request: RequestId, round: u32 },
    /// Invite those of a round once more who are silent (R18).
    Invite { request: RequestId, round: u32 },
    /// Say that the limit has passed, and order supervision (R10).
    Overdue { request: RequestId, at: Timestamp },
    /// Remind the unit that has it (R9).
    Remind { request: RequestId, at: Timestamp },
    /// Escalate when the limit of the supervision order has passed too (R10).
    Supervision { request: RequestId, at: Timestamp },
    /// Dispatch what nobody claimed (R3).
    FallBack { request: RequestId, at: Timestamp },
    /// Bring a policy into force that was published in advance (R13).
    TakeEffect { community: CommunityId, version: u32 },
    /// Draw the sample of a period's call-backs, when it is over (R18).
    DrawCallbacks { community: CommunityId, callbacks: CallbackId },
    /// Count the ballots of a project's review (R15, R16).
    Count { evaluation: EvaluationId },
    /// Invite those once more who drew no token of a vote without a name (R18, R21).
    InviteVoters { evaluation: EvaluationId },
}

impl Promise {
    /// The request it is about, if it is about one.
    pub const fn request(&self) -> Option<RequestId> {
        match self {
            Self::EndRound { request, .. }
            | Self::Invite { request, .. }
            | Self::Overdue { request, .. }
            | Self::Remind { request, .. }
            | Self::Supervision { request, .. }
            | Self::FallBack { request, .. } => Some(*request),
            Self::TakeEffect { .. } | Self::DrawCallbacks { .. } | Self::Count { .. } | Self::InviteVoters { .. } => {
                None
            }
        }
    }

    /// The timer's id: the same promise has the same timer, however often it is made.
    pub fn timer_id(&self) -> Uuid {
        let of = match self {
            Self::TakeEffect { community, .. } => community.policy_stream_id(),
            Self::DrawCallbacks { callbacks, .. } => callbacks.0,
            Self::Count { evaluation } | Self::InviteVoters { evaluation } => evaluation.0,
            Self::EndRound { request, .. }
            | Self::Invite { request, .. }
            | Self::Overdue { request, .. }
            | Self::Remind { request, .. }
            | Self::Supervision { request, .. }
            | Self::FallBack { request, .. } => request.0,
        };
        let name = match self {
            Self::EndRound { round, .. } => format!("timer/end-round/{round}"),
            Self::Invite { round, .. } => format!("timer/invite/{round}"),
            Self::Overdue { at, .. } => format!("timer/overdue/{at}"),
            Self::Remind { at, .. } => format!("timer/remind/{at}"),
            Self::Supervision { at, .. } => format!("timer/supervision/{at}"),
            Self::FallBack { at, .. } => format!("timer/fall-back/{at}"),
            Self::TakeEffect { version, .. } => format!("timer/take-effect/{version}"),
            Self::DrawCallbacks { .. } => "timer/draw-callbacks".to_owned(),
            Self::Count { .. } => "timer/count".to_owned(),
            Self::InviteVoters { .. } => "timer/invite-voters".to_owned(),
        };
        derive(of, &name)
    }

    /// The wish that keeps the promise. Whoever keeps a [`Promise::FallBack`] fills in the best match, and whoever keeps
    /// a [`Promise::DrawCallbacks`] the seed and the list.
    pub fn keep(&self) -> Reaction {
        match self {
            Self::EndRound { request, round } => Reaction::Review(*request, review::Command::End { round: *round }),
            Self::Invite { request, round } => Reaction::Review(*request, review::Command::Invite { round: *round }),
            Self::Overdue { request, .. } => Reaction::Request(*request, request::Command::MarkOverdue),
            Self::Remind { request, .. } => Reaction::Request(*request, request::Command::Remind),
            Self::Supervision { request, .. } => Reaction::Request(*request, request::Command::Escalate),
            Self::FallBack { request, .. } => Reaction::Request(*request, request::Command::FallBack { unit: None }),
            Self::Count { evaluation } => {
                let count = evaluation::Command::Close { previous: Default::default() };
                Reaction::Evaluation(*evaluation, count)
            }
            Self::InviteVoters { evaluation } => Reaction::Evaluation(*evaluation, evaluation::Command::Invite),
            Self::TakeEffect { community, version } => {
                Reaction::Policy(community.clone(), policy::Command::TakeEffect { version: *version })
            }
            Self::DrawCallbacks { community, callbacks } => {
                let draw = callback::Command::Draw { seed: String::new(), candidates: Vec::new() };
                Reaction::Callback(community.clone(), *callbacks, draw)
            }
        }
    }
}

/// What the program owes a request in this state, and when. Nothing while its clock stands still.
pub fn promises_of(request: RequestId, state: &ServiceRequest) -> Vec<(Promise, Timestamp)> {
    let ServiceRequest::Filed(case) = state else { return Vec::new() };
    if !case.stage.clock_runs() {
        return Vec::new();
    }
    let overdue = (!case.overdue).then_some(case.due.at);
    let remind = case.remind_at.filter(|_| case.stage.is_open_with_a_unit());
    // When the town has it there is nobody to escalate it to.
    let supervision = case.supervision.as_ref().filter(|_| case.next_level().is_some()).map(|due| due.at);
    let fall_back = case.fallback_at.filter(|_| matches!(case.stage, Stage::Pooled { .. }));
    let promises = [
        overdue.map(|at| (Promise::Overdue { request, at }, at)),
        remind.map(|at| (Promise::Remind { request, at }, at)),
        supervision.map(|at| (Promise::Supervision { request, at }, at)),
        fall_back.map(|at| (Promise::FallBack { request, at }, at)),
    ];
    promises.into_iter().flatten().collect()
}

/// The promises that a change of state voids, and those that it makes.
pub(super) fn changed(request: RequestId, before: &ServiceRequest, after: &ServiceRequest) -> Vec<Reaction> {
    let (before, after) = (promises_of(request, before), promises_of(request, after));
    let void = before.iter().filter(|promise| !after.contains(promise));
    let void = void.map(|(promise, _)| Reaction::Release(promise.clone()));
    let new = after.iter().filter(|promise| !before.contains(promise));
    void.chain(new.map(|(promise, due)| Reaction::Promise(promise.clone(), *due))).collect()
}
