//! A round opens on completion, for all who had joined by then but those of the unit that
//! did the work (R14, R15).

use crate::decider::Facts;
use crate::ids::{PersonId, UnitId};
use crate::review::decide::Decision;
use crate::review::event::{Event, Opened};
use crate::review::rejection::Rejection;
use crate::review::state::{SatisfactionReview, Status};
use crate::time::Due;

/// Whom the round concerns.
pub(super) struct People {
    pub electorate: Vec<PersonId>,
    pub barred: Vec<PersonId>,
    pub units: Vec<UnitId>,
}

/// Asked twice for the same round it does nothing the second time.
pub(super) fn decide(
    review: &SatisfactionReview,
    round: u32,
    People { mut electorate, barred, units }: People,
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
    electorate.retain(|person| !barred.contains(person));
    Ok(vec![Event::Opened(Opened { round, electorate, closes_at, invite_at, barred, units })])
}
