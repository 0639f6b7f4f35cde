//! A round opens on completion, for all who had joined by then (R14, R15).

use crate::decider::Facts;
use crate::ids::PersonId;
use crate::review::decide::Decision;
use crate::review::event::{Event, Opened};
use crate::review::rejection::Rejection;
use crate::review::state::{SatisfactionReview, Status};
use crate::time::Due;

/// Asked twice for the same round it does nothing the second time.
pub(super) fn decide(
    review: &SatisfactionReview,
    round: u32,
    electorate: Vec<PersonId>,
    facts: &Facts<'_>,
) -> Decision {
    if let SatisfactionReview::Round(last) = review {
        if last.nth >= round {
            return Ok(Vec::new());
        }
        if last.status == Status::Open {
            return Err(Rejection::RoundOpen { open: last.nth });
        }
    }
    let ends = |limit| Due::from(facts.now, limit, facts.policy).at;
    let closes_at = ends(facts.policy.review_window);
    let invite_at = Some(ends(facts.policy.invitation)).filter(|at| *at < closes_at);
    Ok(vec![Event::Opened(Opened { round, electorate, closes_at, invite_at })])
}
