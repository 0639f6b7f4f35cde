//! The seed is committed to before the period begins, so that nobody can choose it by what came after (R18).

use crate::callback::decide::Decision;
use crate::callback::event::{Committed, Event};
use crate::callback::rejection::Rejection;
use crate::decider::Facts;
use crate::time::to_the_second;

pub(super) fn decide(committed: Committed, facts: &Facts<'_>) -> Decision {
    if committed.to <= committed.from {
        return Err(Rejection::EndsBeforeItBegins);
    }
    if facts.now >= committed.from {
        return Err(Rejection::CommittedTooLate { from: committed.from, now: to_the_second(facts.now) });
    }
    Ok(vec![Event::Committed(committed)])
}
