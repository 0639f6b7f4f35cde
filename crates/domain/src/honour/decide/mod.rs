//! One file a command's decision; what the state alone forbids stands here.

mod ask;
mod propose;

use crate::decider::Facts;
use crate::honour::command::Command;
use crate::honour::event::{Answered, Asked, Dropped, Event};
use crate::honour::rejection::Rejection;
use crate::honour::state::Honour;

pub(super) type Decision = Result<Vec<Event>, Rejection>;

pub(super) fn decide(state: &Honour, command: Command, facts: &Facts<'_>) -> Decision {
    match (state, command) {
        (Honour::Absent, Command::Ask { community, unit, honour, from, to }) => {
            ask::decide(Asked { community, unit, honour: honour.into_string(), from, to }, facts)
        }
        (Honour::Absent, _) => Err(Rejection::NotFound),
        (_, Command::Ask { .. }) => Err(Rejection::AskedBefore),
        (Honour::Dropped(_), _) => Err(Rejection::DroppedBefore),
        (Honour::Asked(_), Command::Answer { opinion, reason, figures }) => {
            let (reason, figures) = (reason.into_string(), *figures);
            Ok(vec![Event::Answered(Answered { opinion, reason, figures })])
        }
        (Honour::Answered { .. } | Honour::Proposed(_), Command::Answer { .. }) => Err(Rejection::AnsweredBefore),
        (Honour::Asked(_), Command::Propose { .. }) => Err(Rejection::NotAnswered),
        (Honour::Answered { opinion, .. }, Command::Propose { reason }) => propose::decide(*opinion, reason),
        (Honour::Proposed(_), Command::Propose { .. } | Command::Drop { .. }) => Err(Rejection::ProposedBefore),
        (Honour::Asked(_) | Honour::Answered { .. }, Command::Drop { reason }) => {
            Ok(vec![Event::Dropped(Dropped { reason: reason.into_string() })])
        }
    }
}
