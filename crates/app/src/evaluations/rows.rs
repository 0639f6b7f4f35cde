//! The list of a community's evaluations, and the secrets of each: rows of the log.

use bytes::Bytes;
use sandan_domain::evaluation::{EvaluationSession, Occasion, Session};
use sandan_domain::{CommunityId, EvaluationId};
use sandan_log::RowChange;

use crate::app::App;
use crate::cqrs::Kind;
use crate::execute::evaluation_stream;
use crate::listed;
use crate::refusal::Refusal;

/// Rows of evaluations, by `<community>/<occasion>`: there is one of each.
pub(crate) const EVALUATIONS: &str = "evaluation";
/// The seed of an evaluation's lots, until they are drawn. Sealed.
pub(super) const SEEDS: &str = "evaluation_seed";
/// The key that signs its tokens, until it is closed. Sealed.
pub(super) const KEYS: &str = "evaluation_key";

/// The row that claims an occasion for an evaluation.
pub(crate) fn listing(community: &CommunityId, occasion: Occasion, id: EvaluationId) -> RowChange {
    listed::listing(EVALUATIONS, community, occasion, id.0)
}

/// What frees the occasion of an evaluation that was called off, and keeps it in the list; its seed goes.
pub(crate) fn listed_as_called_off(community: &CommunityId, occasion: Occasion, id: EvaluationId) -> [RowChange; 3] {
    let key = format!("{community}/{occasion}").into();
    [
        RowChange::Delete { space: EVALUATIONS, key },
        listed::listing(EVALUATIONS, community, format_args!("{occasion}-called-off-{id}"), id.0),
        RowChange::Delete { space: SEEDS, key: key_of(id) },
    ]
}

impl App {
    /// The evaluation as the log has it; `NotFound` if there is none.
    pub async fn evaluation(&self, id: EvaluationId) -> Result<Box<Session>, Refusal> {
        let stream = evaluation_stream(id);
        let entry = self.0.states.fresh::<sandan_domain::evaluation::Evaluation>(&stream).await?;
        session(&entry.state).ok_or(Refusal::NotFound)
    }

    /// The same as this node knows it, perhaps behind another: good enough to let somebody pass, never to refuse.
    pub(crate) async fn known_evaluation(&self, id: EvaluationId) -> Result<Box<Session>, Refusal> {
        let stream = evaluation_stream(id);
        let entry = self.0.states.certain::<sandan_domain::evaluation::Evaluation>(&stream).await?;
        session(&entry.state).ok_or(Refusal::NotFound)
    }

    /// The evaluations of a community, by occasion.
    pub async fn evaluations(&self, community: &CommunityId) -> Result<Vec<(EvaluationId, Box<Session>)>, Refusal> {
        let mut found = Vec::new();
        for id in self.listed(EVALUATIONS, community).await? {
            let id = EvaluationId(id);
            found.push((id, self.known_evaluation(id).await?));
        }
        Ok(found)
    }

    /// The evaluation of an occasion, if it was announced.
    pub(crate) async fn evaluation_of(
        &self,
        community: &CommunityId,
        occasion: Occasion,
    ) -> Result<Option<EvaluationId>, Refusal> {
        Ok(self.listed_as(EVALUATIONS, community, occasion).await?.map(EvaluationId))
    }

    pub(crate) fn seed_row(&self, id: EvaluationId, seed: &str) -> Result<RowChange, Refusal> {
        self.sealed_row(SEEDS, id, seed.as_bytes())
    }

    pub(super) fn key_row(&self, id: EvaluationId, key: &[u8]) -> Result<RowChange, Refusal> {
        self.sealed_row(KEYS, id, key)
    }

    /// After the count nobody can sign a token any more.
    pub(crate) fn without_key(id: EvaluationId) -> RowChange {
        RowChange::Delete { space: KEYS, key: key_of(id) }
    }

    pub(crate) async fn seed_of_lots(&self, id: EvaluationId) -> Result<Option<String>, Refusal> {
        Ok(self.secret(SEEDS, id).await?.and_then(|bytes| String::from_utf8(bytes).ok()))
    }

    pub(crate) async fn key(&self, id: EvaluationId) -> Result<Option<Vec<u8>>, Refusal> {
        self.secret(KEYS, id).await
    }

    fn sealed_row(&self, space: &'static str, id: EvaluationId, secret: &[u8]) -> Result<RowChange, Refusal> {
        let sealed = self.0.vault.seal_bytes(&about(space, id), secret);
        let sealed = sealed.map_err(|error| Refusal::Failed(format!("seal a secret: {error}")))?;
        Ok(RowChange::Claim { space, key: key_of(id), value: sealed.into() })
    }

    async fn secret(&self, space: &str, id: EvaluationId) -> Result<Option<Vec<u8>>, Refusal> {
        let row = self.0.log.row(space, id.0.as_bytes()).await?;
        Ok(row.and_then(|sealed| self.0.vault.open_bytes(&about(space, id), &sealed)))
    }
}

fn session(state: &crate::cqrs::AnyState) -> Option<Box<Session>> {
    match sandan_domain::evaluation::Evaluation::take_down(state).map(std::sync::Arc::as_ref) {
        Some(EvaluationSession::Announced(session)) => Some(session.clone()),
        _ => None,
    }
}

fn key_of(id: EvaluationId) -> Bytes {
    Bytes::copy_from_slice(id.0.as_bytes())
}

fn about(space: &str, id: EvaluationId) -> Vec<u8> {
    about_row(space, id.0.as_bytes())
}

/// What a secret is sealed for: it can't be moved to another row.
pub(super) fn about_row(space: &str, key: &[u8]) -> Vec<u8> {
    [space.as_bytes(), key].concat()
}
