//! Silence is not satisfaction: who has drawn no token is invited once more (R18).
//!
//! More can't be known: a token that was drawn and never cast looks like any other until the ballots are counted, and
//! then it is nobody's (R21). So whoever drew one is left alone.

use jiff::Timestamp;

use crate::decider::Facts;
use crate::evaluation::decide::{Decision, open_poll};
use crate::evaluation::event::{Event, Invited};
use crate::evaluation::state::Session;
use crate::ids::PersonId;
use crate::time::Due;

/// When the second invitation goes out. Whoever gets it must still be able to draw a token.
pub(super) fn time(drawing_until: Timestamp, facts: &Facts<'_>) -> Option<Timestamp> {
    Some(Due::from(facts.now, facts.policy.invitation, facts.policy).at).filter(|at| *at < drawing_until)
}

/// A vote in which nobody draws any more, whose time has not come, or in which all have theirs, is left alone.
pub(super) fn decide(session: &Session, facts: &Facts<'_>) -> Decision {
    let Ok(poll) = open_poll(session) else { return Ok(Vec::new()) };
    let is_time = poll.invite_at.is_some_and(|at| at <= facts.now);
    if !is_time || poll.drawing_is_over(facts.now) {
        return Ok(Vec::new());
    }
    let persons: Vec<PersonId> = poll.without_token().collect();
    Ok(if persons.is_empty() { Vec::new() } else { vec![Event::Invited(Invited { persons })] })
}
