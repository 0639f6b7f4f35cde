//! 匿名评价: ballots without a name, one a token, final (R21).

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::decider::Facts;
use crate::evaluation::decide::{Decision, open_poll};
use crate::evaluation::event::{Answer, Ballot, BallotsCast, Event};
use crate::evaluation::rejection::Rejection;
use crate::evaluation::state::{Session, Stage};

/// Most ballots in one event, so that none grows without bound.
const BALLOTS_PER_EVENT: usize = 100;

/// What becomes of a ballot that somebody casts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// It is in the log already, as it is.
    Recorded,
    /// It may be written.
    New,
}

/// Whether a ballot can be taken at this time. Its token was checked before.
pub fn admit(session: &Session, ballot: &Ballot, now: Timestamp) -> Result<Admission, Rejection> {
    let poll = session.poll().ok_or(Rejection::NotOpen)?;
    match poll.ballots.get(&ballot.token) {
        Some(answers) if *answers == ballot.answers => return Ok(Admission::Recorded),
        Some(_) => return Err(Rejection::TokenUsed),
        None => {}
    }
    if matches!(session.stage, Stage::Closed(..)) || poll.voting_is_over(now) {
        return Err(Rejection::VotingOver { until: poll.voting_until });
    }
    check(session, &ballot.answers)?;
    Ok(Admission::New)
}

fn check(session: &Session, answers: &[Answer]) -> Result<(), Rejection> {
    if answers.is_empty() {
        return Err(Rejection::Blank);
    }
    for (at, answer) in answers.iter().enumerate() {
        let subject = answer.subject.clone();
        if session.subject(&subject).is_none() {
            return Err(Rejection::UnknownSubject { subject });
        }
        if answers[..at].iter().any(|earlier| earlier.subject == subject) {
            return Err(Rejection::AnswerTwice { subject });
        }
        if !answer.reasons.is_empty() && !answer.rating.is_dissatisfied() {
            return Err(Rejection::ReasonUnasked { subject });
        }
    }
    Ok(())
}

/// Those that are in the log already are left alone, and of two with one token the one that was written first counts.
/// They were taken in time, so they are written until the count.
pub(super) fn decide(session: &Session, ballots: Vec<Ballot>, facts: &Facts<'_>) -> Decision {
    let poll = open_poll(session)?;
    if !poll.drawing_is_over(facts.now) {
        return Err(Rejection::DrawingGoesOn);
    }
    let mut fresh = BTreeMap::new();
    for ballot in ballots {
        check(session, &ballot.answers)?;
        if !poll.ballots.contains_key(&ballot.token) {
            fresh.entry(ballot.token.clone()).or_insert(ballot);
        }
    }
    let total = poll.ballots.len() + fresh.len();
    if total > poll.issued.len() {
        return Err(Rejection::MoreBallotsThanTokens { ballots: total, tokens: poll.issued.len() });
    }
    let sorted: Vec<Ballot> = fresh.into_values().collect();
    let batch = |ballots: &[Ballot]| Event::BallotsCast(BallotsCast { ballots: ballots.to_vec() });
    Ok(sorted.chunks(BALLOTS_PER_EVENT).map(batch).collect())
}
