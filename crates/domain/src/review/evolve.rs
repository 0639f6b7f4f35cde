//! What each event makes of a review. Total: whatever is in the log can be applied.

use crate::review::event::{Closed, Event, Opened, Rated};
use crate::review::state::{Ballot, Round, SatisfactionReview, Status};

pub(super) fn evolve(review: &mut SatisfactionReview, event: &Event) {
    match (review, event) {
        (review, Event::Opened(opened)) => *review = SatisfactionReview::Round(open(opened)),
        (SatisfactionReview::Round(round), Event::Rated(rated)) => rate(round, rated),
        (SatisfactionReview::Round(round), Event::Invited(_)) => round.invite_at = None,
        (SatisfactionReview::Round(round), Event::Closed(closed)) => round.status = status(closed),
        (SatisfactionReview::Waiting, Event::Rated(_) | Event::Invited(_) | Event::Closed(_)) => {}
    }
}

fn open(opened: &Opened) -> Round {
    Round {
        nth: opened.round,
        electorate: opened.electorate.iter().copied().collect(),
        ballots: Default::default(),
        closes_at: opened.closes_at,
        invite_at: opened.invite_at,
        status: Status::Open,
    }
}

fn rate(round: &mut Round, rated: &Rated) {
    let ballot = Ballot { rating: rated.rating, dispatch_wrong: rated.dispatch_wrong };
    round.ballots.insert(rated.person, ballot);
}

fn status(closed: &Closed) -> Status {
    if closed.early { Status::ClosedEarly } else { Status::Closed(closed.outcome) }
}
