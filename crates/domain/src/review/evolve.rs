//! What each event makes of a review. Total: whatever is in the log can be applied.

use crate::review::event::{AppealDecided, Appealed, Closed, Event, Opened, Rated};
use crate::review::state::{Appeal, Ballot, Round, SatisfactionReview, Status};

pub(super) fn evolve(review: &mut SatisfactionReview, event: &Event) {
    match (review, event) {
        (review, Event::Opened(opened)) => *review = SatisfactionReview::Round(open(review, opened)),
        (SatisfactionReview::Round(round), Event::Rated(rated)) => rate(round, rated),
        (SatisfactionReview::Round(round), Event::Invited(_)) => round.invite_at = None,
        (SatisfactionReview::Round(round), Event::Closed(closed)) => round.status = status(closed),
        (SatisfactionReview::Round(_), Event::Called(_)) => {}
        (SatisfactionReview::Round(round), Event::Appealed(appealed)) => round.appeals.push(appeal(appealed)),
        (SatisfactionReview::Round(round), Event::AppealDecided(decided)) => decide(round, decided),
        (SatisfactionReview::Waiting, _) => {}
    }
}

/// Appeals that nobody has decided go on; the rest of the last round is history.
fn open(review: &SatisfactionReview, opened: &Opened) -> Round {
    let appeals = match review {
        SatisfactionReview::Round(last) => last.appeals.iter().filter(|appeal| !appeal.is_decided).cloned().collect(),
        SatisfactionReview::Waiting => Vec::new(),
    };
    Round {
        nth: opened.round,
        electorate: opened.electorate.iter().copied().collect(),
        ballots: Default::default(),
        closes_at: opened.closes_at,
        invite_at: opened.invite_at,
        status: Status::Open,
        barred: opened.barred.iter().copied().collect(),
        units: opened.units.clone(),
        appeals,
    }
}

fn rate(round: &mut Round, rated: &Rated) {
    let ballot = Ballot { rating: rated.rating, dispatch_wrong: rated.dispatch_wrong, via: rated.via };
    round.ballots.insert(rated.person, ballot);
}

fn status(closed: &Closed) -> Status {
    if closed.early { Status::ClosedEarly } else { Status::Closed(closed.outcome) }
}

fn appeal(appealed: &Appealed) -> Appeal {
    let Appealed { round, person, unit, .. } = appealed;
    Appeal { round: *round, person: *person, unit: unit.clone(), is_decided: false }
}

fn decide(round: &mut Round, decided: &AppealDecided) {
    let of_ballot = |appeal: &&mut Appeal| appeal.round == decided.round && appeal.person == decided.person;
    if let Some(appeal) = round.appeals.iter_mut().find(of_ballot) {
        appeal.is_decided = true;
    }
}
