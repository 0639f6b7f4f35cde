//! One file a command's decision.

mod call;
mod commit;
mod draw;

use crate::callback::command::Command;
use crate::callback::event::Event;
use crate::callback::rejection::Rejection;
use crate::callback::state::Callback;
use crate::decider::Facts;

pub(super) type Decision = Result<Vec<Event>, Rejection>;

pub(super) fn decide(state: &Callback, command: Command, facts: &Facts<'_>) -> Decision {
    match (state, command) {
        (Callback::Absent, Command::Commit { community, from, to, size, hash }) => {
            commit::decide(crate::callback::Committed { community, from, to, size, hash }, facts)
        }
        (Callback::Absent, _) => Err(Rejection::NotFound),
        (_, Command::Commit { .. }) => Err(Rejection::CommittedBefore),
        (Callback::Committed(commitment), Command::Draw { seed, candidates }) => {
            draw::decide(commitment, seed, candidates, facts)
        }
        (Callback::Drawn { .. }, Command::Draw { .. }) => Err(Rejection::DrawnBefore),
        (Callback::Committed(_), Command::Call { .. }) => Err(Rejection::NotDrawn),
        (Callback::Drawn { sample, .. }, Command::Call { request, outcome }) => call::decide(sample, request, outcome),
    }
}
