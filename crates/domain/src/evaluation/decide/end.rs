//! Drawing or voting ends before its time, as in a meeting where everybody is done. Ending the vote ends both.

use crate::decider::Facts;
use crate::evaluation::decide::{Decision, open_poll};
use crate::evaluation::event::{Ended, Event, Phase};
use crate::evaluation::state::Session;

/// What is over already is left alone.
pub(super) fn decide(session: &Session, phase: Phase, facts: &Facts<'_>) -> Decision {
    let poll = open_poll(session)?;
    let until = match phase {
        Phase::Drawing => poll.drawing_until,
        Phase::Voting => poll.voting_until,
    };
    Ok(if until <= facts.now { Vec::new() } else { vec![Event::Ended(Ended { phase, at: facts.now })] })
}
