//! The community is asked, about a period that is over: the figures that go with its opinion then stand.

use crate::decider::Facts;
use crate::honour::decide::Decision;
use crate::honour::event::{Asked, Event};
use crate::honour::rejection::Rejection;
use crate::time::to_the_second;

pub(super) fn decide(asked: Asked, facts: &Facts<'_>) -> Decision {
    if asked.to <= asked.from {
        return Err(Rejection::EndsBeforeItBegins);
    }
    if asked.to > facts.now {
        return Err(Rejection::PeriodNotOver { to: asked.to, now: to_the_second(facts.now) });
    }
    Ok(vec![Event::Asked(asked)])
}
