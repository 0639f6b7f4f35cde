//! An evaluation as everybody may see it, the published ballots, and volunteers.

use std::collections::BTreeMap;

use sandan_app::VolunteerLine;
use sandan_domain::evaluation::{Answer, Poll, Session, Subject, SubjectResult};
use sandan_domain::review::Rating;
use sandan_domain::{EvaluationId, RequestId};

use super::count;
use super::time::time;
use super::words::named;
use crate::v1;

/// `notes`: of requests that were sent back.
pub(crate) fn shown(id: EvaluationId, session: &Session, notes: &BTreeMap<RequestId, String>) -> v1::Evaluation {
    let sent_back = session.sent_back.iter().map(|(request, why)| v1::SentBack {
        request: request.to_string(),
        why: named::<v1::SentBackWhy>(why.name()),
        note: notes.get(request).cloned(),
    });
    v1::Evaluation {
        id: id.to_string(),
        community: session.community.to_string(),
        occasion: session.occasion.to_string(),
        subjects: session.subjects.iter().map(subject).collect(),
        criteria: session.criteria.clone(),
        places: session.places,
        stage: named::<v1::evaluation::Stage>(session.stage.name()),
        sign_up_until: Some(time(session.sign_up_until)),
        seed_hash: session.seed_hash.clone(),
        seed: session.lots().map(|lots| lots.seed.clone()),
        signed_up: count(session.volunteers.len()),
        waiting: count(session.waiting()),
        admitted: session.admitted(),
        chosen: session.lots().map(|lots| lots.chosen.clone()).unwrap_or_default(),
        vote: session.poll().map(vote),
        results: session.results().unwrap_or_default().iter().map(result).collect(),
        sent_back: sent_back.collect(),
        called_off: session.called_off().map(str::to_owned),
    }
}

fn subject(subject: &Subject) -> v1::EvaluationSubject {
    let kind = named::<v1::evaluation_subject::Kind>(subject.kind.name());
    v1::EvaluationSubject { id: subject.id.to_string(), kind, name: subject.name.clone() }
}

fn vote(poll: &Poll) -> v1::EvaluationVote {
    v1::EvaluationVote {
        variant: Poll::VARIANT.to_owned(),
        public_key: poll.public_key.clone(),
        fingerprint: poll.fingerprint.clone(),
        drawing_until: Some(time(poll.drawing_until)),
        voting_until: Some(time(poll.voting_until)),
        electorate: count(poll.electorate.len()),
        tokens: count(poll.issued.len()),
        ballots: count(poll.ballots.len()),
    }
}

/// No figures below five ballots (R21).
fn result(result: &SubjectResult) -> v1::EvaluationResult {
    let plain = v1::EvaluationResult {
        subject: result.subject.to_string(),
        verdict: named::<v1::evaluation_result::Verdict>(result.verdict.name()),
        no_renewal: result.no_renewal,
        ..Default::default()
    };
    if !result.is_shown() {
        return plain;
    }
    let rating = |(rating, count): (Rating, u32)| v1::RatingCount { rating: named::<v1::Rating>(rating.name()), count };
    let reasons = result
        .reasons
        .iter()
        .map(|(reason, count)| v1::ReasonCount { reason: named::<v1::BallotReason>(reason.name()), count: *count });
    v1::EvaluationResult {
        valid: Some(result.valid),
        dissatisfied: Some(result.dissatisfied),
        ratings: Rating::ALL.into_iter().zip(result.ratings).map(rating).collect(),
        reasons: reasons.collect(),
        ..plain
    }
}

/// While votes come in, and where there are too few, the answers stay away.
pub(crate) fn ballots(session: &Session) -> Vec<v1::PublishedBallot> {
    let Some(poll) = session.poll() else { return Vec::new() };
    let is_shown = session.shows_answers();
    let ballot = |(token, answers): (&String, &Vec<Answer>)| v1::PublishedBallot {
        token: token.clone(),
        answers: answers.iter().filter(|_| is_shown).map(published).collect(),
    };
    poll.ballots.iter().map(ballot).collect()
}

fn published(answer: &Answer) -> v1::PublishedAnswer {
    v1::PublishedAnswer {
        subject: answer.subject.to_string(),
        rating: named::<v1::Rating>(answer.rating.name()),
        reasons: answer.reasons.iter().map(|reason| named::<v1::BallotReason>(reason.name())).collect(),
    }
}

pub(crate) fn volunteer(line: VolunteerLine) -> v1::VolunteerLine {
    let VolunteerLine { number, name, phone, screening, reason, chosen, token, .. } = line;
    let screening = named::<v1::volunteer_line::Screening>(screening.name());
    v1::VolunteerLine { number, name, phone, screening, reason, chosen, token }
}
