//! The round's window is over (R15): it ends with the ballots it has, and without one unrated (R18).

use crate::decider::Facts;
use crate::review::decide::{Decision, closed};
use crate::review::rejection::Rejection;
use crate::review::state::{SatisfactionReview, Status};

/// A round that has ended, or whose window is still open, is left alone.
pub(super) fn decide(review: &SatisfactionReview, nth: u32, facts: &Facts<'_>) -> Decision {
    let SatisfactionReview::Round(round) = review else { return Err(Rejection::NoRound) };
    if round.nth != nth || round.status != Status::Open || facts.now < round.closes_at {
        return Ok(Vec::new());
    }
    Ok(vec![closed(nth, round.tally(), false)])
}
