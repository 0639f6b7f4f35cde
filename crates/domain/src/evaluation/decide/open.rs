//! Voting opens, and the electorate is fixed (R14). Tokens are drawn first and ballots written afterwards (R21).

use crate::decider::Facts;
use crate::evaluation::command::Terms;
use crate::evaluation::decide::{Decision, invite};
use crate::evaluation::event::{Event, Opened};
use crate::evaluation::rejection::Rejection;
use crate::evaluation::state::{Session, Stage};
use crate::time::to_the_second;

pub(super) fn decide(session: &Session, terms: Terms, facts: &Facts<'_>) -> Decision {
    let lots = match &session.stage {
        Stage::SignUp => return Err(Rejection::NotDrawn),
        Stage::Drawn(lots) => lots,
        Stage::Voting(..) | Stage::Closed(..) => return Err(Rejection::OpenedBefore),
        Stage::CalledOff { .. } => return Err(Rejection::CalledOff),
    };
    let Terms { public_key, fingerprint, drawing_until, voting_until } = terms;
    if drawing_until <= facts.now {
        return Err(Rejection::DrawingInThePast { now: to_the_second(facts.now) });
    }
    if voting_until <= drawing_until {
        return Err(Rejection::VotingEndsTooEarly { drawing_until });
    }
    let electorate = u32::try_from(lots.chosen.len()).unwrap_or(u32::MAX);
    let invite_at = invite::time(drawing_until, facts);
    Ok(vec![Event::Opened(Opened { public_key, fingerprint, drawing_until, voting_until, electorate, invite_at })])
}
