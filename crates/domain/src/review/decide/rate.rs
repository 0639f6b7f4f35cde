//! 评单: one person, one ballot a round, changeable until the round closes (R14 to R16, R20).

use crate::decider::Facts;
use crate::review::command::Vote;
use crate::review::decide::{Decision, closed};
use crate::review::event::{Event, Rated};
use crate::review::rejection::Rejection;
use crate::review::rules::rework_is_certain;
use crate::review::state::{Ballot, Round, SatisfactionReview, Status};

pub(super) fn decide(review: &SatisfactionReview, vote: Vote, facts: &Facts<'_>) -> Decision {
    let SatisfactionReview::Round(round) = review else { return Err(Rejection::NoRound) };
    admit(round, &vote, facts)?;
    let rated = Rated {
        round: round.nth,
        person: vote.person,
        rating: vote.rating,
        reason: vote.reason.map(|reason| reason.of(vote.person)),
        dispatch_wrong: vote.dispatch_wrong,
        changed: round.ballots.contains_key(&vote.person),
        late: round.status == Status::ClosedEarly,
        reasons: vote.reasons,
        remedy: vote.remedy.map(|remedy| remedy.of(vote.person)),
        via: vote.via,
    };
    let end = end_after(round, &rated);
    Ok([Event::Rated(rated)].into_iter().chain(end).collect())
}

fn admit(round: &Round, vote: &Vote, facts: &Facts<'_>) -> Result<(), Rejection> {
    let nth = round.nth;
    let works_for_it = facts.actor.unit().is_some_and(|unit| round.units.contains(unit));
    if round.barred.contains(&vote.person) || works_for_it {
        return Err(Rejection::OfTheUnit);
    }
    let in_window = facts.now < round.closes_at;
    if !in_window || matches!(round.status, Status::Closed(_)) {
        return Err(Rejection::RoundClosed { round: nth, closed_at: round.closes_at.min(facts.now) });
    }
    if !round.electorate.contains(&vote.person) {
        return Err(Rejection::NotInElectorate { round: nth });
    }
    if round.status == Status::ClosedEarly && round.ballots.contains_key(&vote.person) {
        return Err(Rejection::NoChangeAnyMore { round: nth });
    }
    let own = round.ballots.get(&vote.person).is_some_and(|ballot| !ballot.via.is_entered());
    if vote.via.is_entered() && own {
        return Err(Rejection::CastThemselves { round: nth });
    }
    if vote.dispatch_wrong && !vote.rating.is_dissatisfied() {
        return Err(Rejection::DispatchWrongWithoutDissatisfaction);
    }
    Ok(())
}

/// The round ends when all have voted, or as soon as rework is certain (R15).
fn end_after(round: &Round, rated: &Rated) -> Option<Event> {
    if round.status != Status::Open {
        return None;
    }
    let mut after = round.clone();
    let Rated { rating, dispatch_wrong, via, .. } = *rated;
    after.ballots.insert(rated.person, Ballot { rating, dispatch_wrong, via });
    let tally = after.tally();
    let all_voted = tally.valid == tally.electorate;
    (all_voted || rework_is_certain(&tally)).then(|| closed(round.nth, tally, !all_voted))
}
