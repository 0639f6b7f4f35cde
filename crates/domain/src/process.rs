//! What follows from what happened: an event in, further wishes and promises out.
//!
//! Pure, like the decisions. Whoever runs it puts the wishes it can decide at once into the same append as the
//! event, so that nothing comes between: above all the rework that a review orders stands with the end of its
//! round (R16). Promises become durable timers in that append too.

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::{CommunityId, RequestId, UnitId};
use crate::request::{self, Case, Closing, ServiceRequest};
use crate::review::{self, Outcome};
use crate::unit;

/// Namespace of the ids of timers.
const TIMERS: Uuid = Uuid::from_u128(0x7a1f_0c3e_55d2_4b6b_9a60_0a51_7a5d_a002);

/// A further wish, or a promise for later.
#[derive(Clone, Debug, PartialEq)]
pub enum Reaction {
    Request(RequestId, request::Command),
    Review(RequestId, review::Command),
    Unit(CommunityId, UnitId, unit::Command),
    Promise(Promise, Timestamp),
    /// The promise is kept or void: forget it.
    Release(Promise),
}

/// What the program will do by itself when its time has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// End a round of a review (R15).
    EndRound { request: RequestId, round: u32 },
}

impl Promise {
    /// The timer's id: the same promise has the same timer, however often it is made.
    pub fn timer_id(&self) -> Uuid {
        match self {
            Self::EndRound { request, round } => {
                Uuid::new_v5(&TIMERS, format!("end-round/{request}/{round}").as_bytes())
            }
        }
    }

    /// The wish that keeps the promise.
    pub const fn keep(&self) -> Reaction {
        match self {
            Self::EndRound { request, round } => Reaction::Review(*request, review::Command::End { round: *round }),
        }
    }
}

/// What follows from an event of a request, which turned `before` into `after`.
pub fn after_request(
    id: RequestId,
    before: &ServiceRequest,
    event: &request::Event,
    after: &ServiceRequest,
) -> Vec<Reaction> {
    let ServiceRequest::Filed(case) = after else { return Vec::new() };
    let mut reactions = loads(id, before, event, case);
    match event {
        request::Event::Completed(done) if !done.needs_verification => reactions.extend(review_of(id, case)),
        request::Event::Verified(verified) if verified.confirmed => reactions.extend(review_of(id, case)),
        request::Event::Merged(merged) => reactions.push(absorb(id, merged, case)),
        _ => {}
    }
    reactions
}

/// What follows from an event of a review.
pub fn after_review(id: RequestId, event: &review::Event) -> Vec<Reaction> {
    match event {
        review::Event::Opened(opened) => vec![
            Reaction::Request(id, request::Command::OpenReview { round: opened.round }),
            Reaction::Promise(Promise::EndRound { request: id, round: opened.round }, opened.closes_at),
        ],
        review::Event::Rated(_) => Vec::new(),
        review::Event::Closed(closed) => vec![
            Reaction::Request(id, order(closed)),
            Reaction::Release(Promise::EndRound { request: id, round: closed.round }),
        ],
    }
}

/// The outcome of a round is an order to the request.
const fn order(closed: &review::Closed) -> request::Command {
    match closed.outcome {
        Outcome::Passed => request::Command::Close(Closing::Satisfied),
        Outcome::Unrated => request::Command::Close(Closing::Unrated),
        Outcome::Rework => request::Command::OrderRework { from_triage: closed.from_triage },
    }
}

/// Work done by the desk for another system is past and is not reviewed here; everything else is.
fn review_of(id: RequestId, case: &Case) -> Option<Reaction> {
    matches!(case.stage, request::Stage::Completed(ref done) if done.work.holder.unit().is_some())
        .then(|| Reaction::Review(id, review::Command::Open { round: case.round, electorate: case.signers.clone() }))
}

fn absorb(id: RequestId, merged: &request::Merged, case: &Case) -> Reaction {
    let merger = request::Merger { community: case.community.clone(), from: id, signers: case.signers.clone() };
    Reaction::Request(merged.into, request::Command::Absorb(merger))
}

/// Units that began or ceased to work on the request: their capacity follows. It limits their own claims, but
/// rework is never refused for it (R3).
fn loads(id: RequestId, before: &ServiceRequest, event: &request::Event, case: &Case) -> Vec<Reaction> {
    let engaged_before = match before {
        ServiceRequest::Absent => Vec::new(),
        ServiceRequest::Filed(case) => case.stage.engaged(),
    };
    let engaged = case.stage.engaged();
    let by_own_claim = |unit: &UnitId| matches!(event, request::Event::Claimed(claimed) if claimed.unit == *unit);
    let is_first_round = case.reworks() == 0;
    let taken = engaged.iter().filter(|unit| !engaged_before.contains(unit)).map(|unit| {
        (unit.clone(), unit::Command::TakeOn { request: id, checked: is_first_round && by_own_claim(unit) })
    });
    let released = engaged_before
        .iter()
        .filter(|unit| !engaged.contains(unit))
        .map(|unit| (unit.clone(), unit::Command::LetGo { request: id }));
    taken.chain(released).map(|(unit, wish)| Reaction::Unit(case.community.clone(), unit, wish)).collect()
}
