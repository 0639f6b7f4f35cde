//! 匿名评价: a ballot comes in with a token and without anybody's name (R21).
//!
//! Nobody is asked who they are here: there is no caller, no idempotency key, no correlation. The token is the only
//! right, and its hash the only memory.

use sandan_booth::{PublicKey, TOKEN_CHARS, Token};
use sandan_domain::evaluation::{Admission, Answer, Ballot, Poll, Reason, Rejection, Session, admit};
use sandan_domain::review::Rating;
use sandan_domain::{EvaluationId, Flaw, InputError, Slug};

use crate::app::App;
use crate::evaluations::urn::refused;
use crate::form::{Form, checked};
use crate::refusal::Refusal;

/// A ballot as it is sent.
#[derive(Clone, Debug, Default)]
pub struct CastBallot {
    pub token: Option<String>,
    pub answers: Vec<AnswerInput>,
}

#[derive(Clone, Debug, Default)]
pub struct AnswerInput {
    /// Slug of whom it rates.
    pub subject: Option<String>,
    /// One of the five answers.
    pub rating: Option<String>,
    pub reasons: Vec<String>,
}

/// Where a ballot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Casting {
    /// Taken, and not yet in the log: send it again later.
    Waiting,
    /// In the log, for ever.
    Recorded,
}

impl App {
    /// Takes a ballot. The same again is as good as once.
    pub async fn cast(&self, id: EvaluationId, input: &CastBallot) -> Result<Casting, Refusal> {
        let session = self.known_evaluation(id).await?;
        let token = input.token.as_deref().unwrap_or_default();
        let token: Token = match token.parse() {
            Ok(token) => token,
            Err(_) if token.trim().is_empty() => return Err(Refusal::field("token", InputError::Missing)),
            Err(_) => {
                let flaw = Flaw::Token { chars: TOKEN_CHARS.to_string() };
                return Err(Refusal::field("token", InputError::malformed(flaw)));
            }
        };
        let session = if session.poll().is_none() { self.evaluation(id).await? } else { session };
        let poll = session.poll().ok_or_else(|| refused(Rejection::NotOpen))?;
        signed(id, poll, &token)?;
        let ballot = Ballot { token: token.hash().to_string(), answers: answers(&session, &input.answers)? };
        let now = self.0.clock.now();
        let admission = match admit(&session, &ballot, now) {
            Ok(Admission::Recorded) => Ok(Admission::Recorded),
            // Another node may have written what decides it.
            Ok(Admission::New) | Err(_) => admit(&*self.evaluation(id).await?, &ballot, now),
        };
        // It was taken in time and will be written, though the vote is over by now.
        if matches!(admission, Err(Rejection::VotingOver { .. })) && self.0.urns.holds(id, &ballot) {
            return Ok(Casting::Waiting);
        }
        match admission.map_err(refused)? {
            Admission::Recorded => Ok(Casting::Recorded),
            Admission::New => {
                self.0.urns.put(id, ballot)?;
                Ok(Casting::Waiting)
            }
        }
    }
}

fn signed(id: EvaluationId, poll: &Poll, token: &Token) -> Result<(), Refusal> {
    if token.session != id.0 {
        return Err(refused(Rejection::ForeignToken));
    }
    let der = data_encoding::BASE64.decode(poll.public_key.as_bytes());
    let key = der.ok().and_then(|der| PublicKey::from_der(&der).ok());
    let key = key.ok_or_else(|| Refusal::Failed("read the key of an evaluation".to_owned()))?;
    key.verify(id.0, token).map_err(|_| refused(Rejection::FalseToken))
}

/// In the order of the subjects, with reasons in theirs: the same ballot is the same whoever writes it down.
fn answers(session: &Session, inputs: &[AnswerInput]) -> Result<Vec<Answer>, Refusal> {
    let mut form = Form::default();
    if inputs.len() > Session::SUBJECTS_MAX {
        let flaw = Flaw::lines(inputs.len(), Session::SUBJECTS_MAX);
        return Err(Refusal::field("answers", InputError::malformed(flaw)));
    }
    let mut answers: Vec<Option<Answer>> = Vec::new();
    for (nth, input) in inputs.iter().enumerate() {
        answers.push(answer(&mut form, nth, input));
    }
    form.check()?;
    let mut answers = answers.into_iter().map(checked).collect::<Result<Vec<_>, _>>()?;
    let place = |answer: &Answer| session.subjects.iter().position(|subject| subject.id == answer.subject);
    answers.sort_by_key(place);
    Ok(answers)
}

fn answer(form: &mut Form, nth: usize, input: &AnswerInput) -> Option<Answer> {
    let field = |name: &str| format!("answers[{nth}].{name}");
    let subject: Option<Slug> = form.required_parsed(&field("subject"), input.subject.as_deref());
    let words = Rating::ALL.map(|rating| (rating.name(), rating));
    let rating = form.required_word(&field("rating"), input.rating.as_deref(), &words);
    let words = Reason::ALL.map(|reason| (reason.name(), reason));
    let mut reasons: Vec<Reason> = Vec::new();
    for word in input.reasons.iter().take(Reason::ALL.len()) {
        reasons.extend(form.word(&field("reasons"), Some(word), &words));
    }
    reasons.sort_unstable();
    reasons.dedup();
    Some(Answer { subject: subject?, rating: rating?, reasons })
}
