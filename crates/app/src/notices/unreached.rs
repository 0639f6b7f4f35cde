//! Whom the hotline rings up about a vote without a name: those whom no channel reaches (R18).

use sandan_domain::evaluation::{Evaluation, Session, Stage};
use sandan_domain::{EvaluationId, PersonId, Private};

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::evaluation_stream;
use crate::refusal::Refusal;

/// Somebody who may take part, has drawn no token, and has no address for an invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreached {
    pub person: PersonId,
    /// `None`: they were forgotten.
    pub name: Option<String>,
    pub phone: Option<String>,
}

impl App {
    /// Those of the electorate who left no e-mail address, while they can still draw a token. It goes by the register of
    /// the entitled alone: whether they voted nobody knows (R21).
    pub async fn unreached(&self, by: &Caller, id: EvaluationId) -> Result<Vec<Unreached>, Refusal> {
        by.permit(Action::Call)?;
        let session = self.reach_evaluation(by, id).await?;
        if !self.is_drawing(&session) {
            return Ok(Vec::new());
        }
        let Stage::Voting(_, poll) = &session.stage else { return Ok(Vec::new()) };
        let (events, _) = self.told_until::<Evaluation>(&evaluation_stream(id), u64::MAX).await?;
        let (_, voters) = self.entitled(id, &session, &events, u64::MAX).await?;
        let waits = |person: &PersonId| poll.electorate.contains(person) && !poll.issued.contains_key(person);
        let reached = voters.into_iter().map(|(person, voter)| (person, voter.reached));
        let left = reached.filter(|(person, reached)| waits(person) && reached.email.is_none());
        let (persons, sealed): (Vec<_>, Vec<_>) = left.map(|(person, it)| (person, (it.name, it.phone))).unzip();
        let (mut names, mut phones): (Vec<_>, Vec<_>) = sealed.into_iter().unzip();
        self.open_words(&mut names).await?;
        self.open_words(&mut phones).await?;
        let words = |text: Option<Private>| text.as_ref().and_then(Private::text).map(str::to_owned);
        let lines = persons.into_iter().zip(names.into_iter().zip(phones));
        Ok(lines.map(|(person, (name, phone))| Unreached { person, name: words(name), phone: words(phone) }).collect())
    }

    /// Whether tokens are drawn now.
    fn is_drawing(&self, session: &Session) -> bool {
        session.poll().is_some_and(|poll| self.0.clock.now() < poll.drawing_until)
    }
}
