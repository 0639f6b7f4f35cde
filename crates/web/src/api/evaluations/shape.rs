//! An evaluation as everybody may see it.

use std::collections::BTreeMap;

use sandan_domain::evaluation::{Poll, Session, SubjectResult, Why};
use sandan_domain::review::Rating;
use sandan_domain::{EvaluationId, RequestId};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
#[schema(as = Evaluation)]
pub(super) struct Shape {
    pub id: uuid::Uuid,
    pub community: String,
    /// `2026-Q4`, `2026` for a year's appraisal, or `project-<id>-<round>` for a project's review, to which nobody signs up.
    pub occasion: String,
    pub subjects: Vec<SubjectShape>,
    pub criteria: String,
    pub places: u32,
    /// `sign_up`, `drawn`, `voting`, `closed` or `called_off`.
    pub stage: &'static str,
    /// Why it does not take place.
    pub called_off: Option<String>,
    #[schema(value_type = String, format = DateTime)]
    pub sign_up_until: jiff::Timestamp,
    /// SHA-256 of the seed, committed to in advance.
    pub seed_hash: String,
    /// From the lots on.
    pub seed: Option<String>,
    pub signed_up: usize,
    pub waiting: usize,
    /// Numbers of those who were admitted.
    pub admitted: Vec<u32>,
    /// Numbers of those who vote.
    pub chosen: Option<Vec<u32>>,
    pub vote: Option<VoteShape>,
    /// After the count.
    pub results: Option<Vec<ResultShape>>,
    pub sent_back: Vec<SentBackShape>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = EvaluationSubject)]
pub(super) struct SubjectShape {
    pub id: String,
    /// `unit`, `officer`, `worker` or `project`.
    pub kind: &'static str,
    pub name: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = EvaluationVote)]
pub(super) struct VoteShape {
    /// Of RFC 9474.
    pub variant: &'static str,
    /// Base 64 of the key's DER; everybody must see the same.
    pub public_key: String,
    /// SHA-256 of the DER.
    pub fingerprint: String,
    #[schema(value_type = String, format = DateTime)]
    pub drawing_until: jiff::Timestamp,
    #[schema(value_type = String, format = DateTime)]
    pub voting_until: jiff::Timestamp,
    pub electorate: usize,
    /// Tokens that were drawn.
    pub tokens: usize,
    /// Ballots in the log.
    pub ballots: usize,
}

/// Figures are `null` below five ballots; what follows always stands.
#[derive(Serialize, ToSchema)]
#[schema(as = EvaluationResult)]
pub(super) struct ResultShape {
    pub subject: String,
    pub valid: Option<u32>,
    pub dissatisfied: Option<u32>,
    pub ratings: Option<BTreeMap<&'static str, u32>>,
    pub reasons: Option<BTreeMap<&'static str, u32>>,
    /// `unrated`, `passed`, `put_right`, `accountable`, `competent`, `basically_competent` or `not_competent`.
    pub verdict: &'static str,
    /// No bonus and no renewal (R25).
    pub no_renewal: bool,
}

#[derive(Serialize, ToSchema)]
#[schema(as = EvaluationSentBack)]
pub(super) struct SentBackShape {
    pub request: uuid::Uuid,
    /// `not_done` or `perfunctory`.
    pub why: &'static str,
    /// Public, as the minutes are.
    pub note: Option<String>,
}

/// A ballot in the published list.
#[derive(Serialize, ToSchema)]
#[schema(as = PublishedBallot)]
pub(super) struct BallotShape {
    /// SHA-256 of evaluation id and serial.
    pub token: String,
    /// After the count, on those whose figures are shown: others are left out. `null` while nothing is shown.
    pub answers: Option<Vec<AnswerShape>>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PublishedAnswer)]
pub(super) struct AnswerShape {
    pub subject: String,
    pub rating: &'static str,
    pub reasons: Vec<&'static str>,
}

/// `notes`: of the requests that were sent back.
pub(super) fn shape(id: EvaluationId, session: &Session, notes: &BTreeMap<RequestId, String>) -> Shape {
    let subject = |subject: &sandan_domain::evaluation::Subject| SubjectShape {
        id: subject.id.to_string(),
        kind: subject.kind.name(),
        name: subject.name.clone(),
    };
    let sent_back =
        |(id, why): &(RequestId, Why)| SentBackShape { request: id.0, why: why.name(), note: notes.get(id).cloned() };
    Shape {
        id: id.0,
        community: session.community.to_string(),
        occasion: session.occasion.to_string(),
        subjects: session.subjects.iter().map(subject).collect(),
        criteria: session.criteria.clone(),
        places: session.places,
        stage: session.stage.name(),
        called_off: session.called_off().map(str::to_owned),
        sign_up_until: session.sign_up_until,
        seed_hash: session.seed_hash.clone(),
        seed: session.lots().map(|lots| lots.seed.clone()),
        signed_up: session.volunteers.len(),
        waiting: session.waiting(),
        admitted: session.admitted(),
        chosen: session.lots().map(|lots| lots.chosen.clone()),
        vote: session.poll().map(vote),
        results: session.results().map(|results| results.iter().map(result).collect()),
        sent_back: session.sent_back.iter().map(sent_back).collect(),
    }
}

fn vote(poll: &Poll) -> VoteShape {
    VoteShape {
        variant: Poll::VARIANT,
        public_key: poll.public_key.clone(),
        fingerprint: poll.fingerprint.clone(),
        drawing_until: poll.drawing_until,
        voting_until: poll.voting_until,
        electorate: poll.electorate.len(),
        tokens: poll.issued.len(),
        ballots: poll.ballots.len(),
    }
}

fn result(result: &SubjectResult) -> ResultShape {
    let is_shown = result.is_shown();
    let ratings = || Rating::ALL.iter().zip(result.ratings).map(|(rating, count)| (rating.name(), count)).collect();
    let reasons = || result.reasons.iter().map(|(reason, count)| (reason.name(), *count)).collect();
    ResultShape {
        subject: result.subject.to_string(),
        valid: is_shown.then_some(result.valid),
        dissatisfied: is_shown.then_some(result.dissatisfied),
        ratings: is_shown.then(ratings),
        reasons: is_shown.then(reasons),
        verdict: result.verdict.name(),
        no_renewal: result.no_renewal,
    }
}

/// By token. While votes come in, and on whom there are too few, the answers stay away.
pub(super) fn ballots(session: &Session) -> Vec<BallotShape> {
    let Some(poll) = session.poll() else { return Vec::new() };
    let answer = |answer: &sandan_domain::evaluation::Answer| AnswerShape {
        subject: answer.subject.to_string(),
        rating: answer.rating.name(),
        reasons: answer.reasons.iter().map(|reason| reason.name()).collect(),
    };
    let ballot = |(token, answers): (&String, &Vec<sandan_domain::evaluation::Answer>)| BallotShape {
        token: token.clone(),
        answers: session.published(answers).map(|shown| shown.map(answer).collect()),
    };
    poll.ballots.iter().map(ballot).collect()
}
