//! 申诉复核 (R19a): a unit appeals a ballot as mistaken or malicious, and somebody independent decides. The ballot stays
//! on record and what it led to stays done; rates are shown with and without it.

use crate::decider::Facts;
use crate::ids::{PersonId, UnitId};
use crate::input::Text;
use crate::review::decide::Decision;
use crate::review::event::{AppealDecided, Appealed, Event, Ground};
use crate::review::rejection::Rejection;
use crate::review::state::{SatisfactionReview, Status};

/// Between the end of a round and the opening of the next: before, the ballot may change; after, the work that it
/// spoke of has been done anew.
pub(super) fn appeal(
    review: &SatisfactionReview,
    (nth, person): (u32, PersonId),
    unit: UnitId,
    (ground, reason): (Ground, Text),
) -> Decision {
    let SatisfactionReview::Round(round) = review else { return Err(Rejection::NoRound) };
    if !round.units.is_empty() && !round.units.contains(&unit) {
        return Err(Rejection::NotTheUnits);
    }
    if nth < round.nth {
        return Err(Rejection::AppealTooLate { round: nth, now: round.nth });
    }
    let ballot = round.ballots.get(&person).filter(|_| nth == round.nth).ok_or(Rejection::NoBallot)?;
    if round.status == Status::Open {
        return Err(Rejection::AppealTooEarly { round: nth });
    }
    if !ballot.rating.is_dissatisfied() {
        return Err(Rejection::NothingToAppeal);
    }
    if round.appeal(nth, person).is_some() {
        return Err(Rejection::AppealedBefore);
    }
    Ok(vec![Event::Appealed(Appealed { round: nth, person, unit, ground, reason: reason.of(person) })])
}

/// Whoever belongs to the unit that appeals does not decide, whatever their role.
pub(super) fn decide(
    review: &SatisfactionReview,
    (nth, person): (u32, PersonId),
    (upheld, reason): (bool, Text),
    facts: &Facts<'_>,
) -> Decision {
    let SatisfactionReview::Round(round) = review else { return Err(Rejection::NoRound) };
    let appeal = round.appeal(nth, person).filter(|appeal| !appeal.is_decided).ok_or(Rejection::NoAppeal)?;
    let concerned = |unit: &UnitId| *unit == appeal.unit || round.units.contains(unit);
    if facts.actor.unit().is_some_and(concerned) {
        return Err(Rejection::OwnAppeal);
    }
    Ok(vec![Event::AppealDecided(AppealDecided { round: nth, person, upheld, reason: reason.of(person) })])
}
