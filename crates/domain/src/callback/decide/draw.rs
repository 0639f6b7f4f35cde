//! The period is over: the seed is revealed, and the sample follows from it and the list (R18).

use crate::callback::decide::Decision;
use crate::callback::event::{Drawn, Event};
use crate::callback::rejection::Rejection;
use crate::callback::state::Commitment;
use crate::decider::Facts;
use crate::ids::RequestId;
use crate::lots::{draw, hash_of};

pub(super) fn decide(
    commitment: &Commitment,
    seed: String,
    mut candidates: Vec<RequestId>,
    facts: &Facts<'_>,
) -> Decision {
    if facts.now < commitment.to {
        return Err(Rejection::PeriodNotOver { to: commitment.to });
    }
    if hash_of(&seed) != commitment.hash {
        return Err(Rejection::AnotherSeed);
    }
    candidates.sort_unstable();
    candidates.dedup();
    let sample = draw(&seed, &candidates, commitment.size as usize);
    Ok(vec![Event::Drawn(Drawn { seed, candidates, sample })])
}
