//! The count (R16, R17, R22, R25). The decision always holds, also where figures are too few to be shown (R21).

use std::collections::BTreeMap;

use crate::decider::Facts;
use crate::evaluation::decide::{Decision, open_poll};
use crate::evaluation::event::{Closed, Event};
use crate::evaluation::rejection::Rejection;
use crate::evaluation::rules::{Grade, result_of};
use crate::evaluation::state::Session;
use crate::ids::Slug;

/// Ballots that nodes still hold come in between the end of the vote and the count.
pub(super) fn decide(session: &Session, previous: &BTreeMap<Slug, Grade>, facts: &Facts<'_>) -> Decision {
    let poll = open_poll(session)?;
    let from = poll.counted_from();
    if facts.now < from {
        return Err(Rejection::NotCountedYet { from });
    }
    let results = session.subjects.iter().map(|subject| {
        let answers = poll.ballots.values().flatten();
        result_of(session.occasion, subject, answers, previous.get(&subject.id).copied())
    });
    let figure = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(vec![Event::Closed(Closed {
        electorate: figure(poll.electorate.len()),
        tokens: figure(poll.issued.len()),
        ballots: figure(poll.ballots.len()),
        results: results.collect(),
    })])
}
