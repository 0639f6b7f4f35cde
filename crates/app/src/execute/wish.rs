//! A command with the stream it is for, of any kind; and what a reaction asks for.

use std::sync::Arc;

use jiff::Timestamp;
use sandan_domain::ids::derive;
use sandan_domain::process::{Promise, Reaction};
use sandan_domain::{
    CallbackId, CommunityId, Decider, EvaluationId, HonourId, ProjectId, RequestId, UnitId, callback, community,
    evaluation, honour, policy, project, request, review, scoring, unit,
};
use sandan_log::StreamName;
use uuid::Uuid;

use crate::cqrs::{AnyState, Kind};

#[derive(Clone, Debug)]
pub(crate) enum Wish {
    Request(RequestId, request::Command),
    Review(RequestId, review::Command),
    Unit(CommunityId, UnitId, unit::Command),
    Community(CommunityId, community::Command),
    Policy(CommunityId, policy::Command),
    Callback(CommunityId, CallbackId, callback::Command),
    Evaluation(EvaluationId, evaluation::Command),
    Project(ProjectId, project::Command),
    Honour(CommunityId, HonourId, honour::Command),
    /// Of a community's year.
    Scoring(CommunityId, i16, scoring::Command),
}

impl Wish {
    /// The stream that decides.
    pub fn stream(&self) -> StreamName {
        match self {
            Self::Request(id, _) => request_stream(*id),
            Self::Review(id, _) => StreamName::new(review::Review::KIND, id.0),
            Self::Unit(community, unit, _) => unit_stream(community, unit),
            Self::Community(community, _) => community_stream(community),
            Self::Policy(community, _) => policy_stream(community),
            Self::Callback(_, id, _) => callback_stream(*id),
            Self::Evaluation(id, _) => evaluation_stream(*id),
            Self::Project(id, _) => project_stream(*id),
            Self::Honour(_, id, _) => honour_stream(*id),
            Self::Scoring(community, year, _) => scoring_stream(community, *year),
        }
    }

    /// Whether it is the first of its stream, as far as can be told from the wish.
    pub const fn begins_its_stream(&self) -> bool {
        match self {
            Self::Request(_, command) => matches!(command, request::Command::File(_) | request::Command::Import(_)),
            Self::Review(_, command) => matches!(command, review::Command::Open { round: 1, .. }),
            Self::Evaluation(_, command) => {
                matches!(command, evaluation::Command::Announce(_) | evaluation::Command::Convene(_))
            }
            Self::Project(_, command) => matches!(command, project::Command::Open(_)),
            Self::Unit(..)
            | Self::Community(..)
            | Self::Policy(..)
            | Self::Callback(..)
            | Self::Honour(..)
            | Self::Scoring(..) => false,
        }
    }

    /// The state of its stream before there is one.
    pub fn absent(&self) -> AnyState {
        match self {
            Self::Request(..) => request::Request::shelve(Arc::default()),
            Self::Review(..) => review::Review::shelve(Arc::default()),
            Self::Unit(..) => unit::Unit::shelve(Arc::default()),
            Self::Community(..) => community::Communities::shelve(Arc::default()),
            Self::Policy(..) => policy::Policing::shelve(Arc::default()),
            Self::Callback(..) => callback::Callbacks::shelve(Arc::default()),
            Self::Evaluation(..) => evaluation::Evaluation::shelve(Arc::default()),
            Self::Project(..) => project::Projects::shelve(Arc::default()),
            Self::Honour(..) => honour::Honours::shelve(Arc::default()),
            Self::Scoring(..) => scoring::Scoring::shelve(Arc::default()),
        }
    }

    /// The request that the wish is about, whose state an answer names.
    pub fn about(&self) -> Option<RequestId> {
        match self {
            Self::Request(id, _) | Self::Review(id, _) => Some(*id),
            Self::Unit(..)
            | Self::Community(..)
            | Self::Policy(..)
            | Self::Callback(..)
            | Self::Evaluation(..)
            | Self::Project(..)
            | Self::Honour(..)
            | Self::Scoring(..) => None,
        }
    }
}

pub(crate) fn request_stream(id: RequestId) -> StreamName {
    StreamName::new(request::Request::KIND, id.0)
}

pub(crate) fn unit_stream(community: &CommunityId, unit: &UnitId) -> StreamName {
    StreamName::new(unit::Unit::KIND, unit.stream_id(community))
}

pub(crate) fn community_stream(community: &CommunityId) -> StreamName {
    StreamName::new(community::Communities::KIND, community.stream_id())
}

pub(crate) fn callback_stream(id: CallbackId) -> StreamName {
    StreamName::new(callback::Callbacks::KIND, id.0)
}

pub(crate) fn policy_stream(community: &CommunityId) -> StreamName {
    StreamName::new(policy::Policing::KIND, community.policy_stream_id())
}

pub(crate) fn evaluation_stream(id: EvaluationId) -> StreamName {
    StreamName::new(evaluation::Evaluation::KIND, id.0)
}

pub(crate) fn scoring_stream(community: &CommunityId, year: i16) -> StreamName {
    StreamName::new(scoring::Scoring::KIND, community.scoring_stream_id(year))
}

pub(crate) fn project_stream(id: ProjectId) -> StreamName {
    StreamName::new(project::Projects::KIND, id.0)
}

pub(crate) fn honour_stream(id: HonourId) -> StreamName {
    StreamName::new(honour::Honours::KIND, id.0)
}

/// A reaction, sorted by who carries it out.
pub(crate) enum Followup {
    Wish(Box<Wish>),
    Promise(Promise, Timestamp),
    Release(Promise),
}

impl From<Reaction> for Followup {
    fn from(reaction: Reaction) -> Self {
        match reaction {
            Reaction::Request(id, command) => Self::Wish(Box::new(Wish::Request(id, command))),
            Reaction::Review(id, command) => Self::Wish(Box::new(Wish::Review(id, command))),
            Reaction::Unit(community, unit, command) => Self::Wish(Box::new(Wish::Unit(community, unit, command))),
            Reaction::Callback(community, id, command) => Self::Wish(Box::new(Wish::Callback(community, id, command))),
            Reaction::Policy(community, command) => Self::Wish(Box::new(Wish::Policy(community, command))),
            Reaction::Evaluation(id, command) => Self::Wish(Box::new(Wish::Evaluation(id, command))),
            Reaction::Project(id, command) => Self::Wish(Box::new(Wish::Project(id, command))),
            Reaction::Promise(promise, due) => Self::Promise(promise, due),
            Reaction::Release(promise) => Self::Release(promise),
        }
    }
}

/// The id of the command that is the `nth` reaction to an event: the same whoever carries it out, and when.
pub(crate) fn reaction_id(event: Uuid, nth: usize) -> Uuid {
    derive(event, &format!("reaction/{nth}"))
}
