//! The urn: ballots that were taken and wait to be written, in memory alone (R21).
//!
//! Nothing is kept of when a ballot came, from where, or in which order: they stand by the hash of their token, which
//! is chance. Nothing of them is on a disk before they are written, all that wait at once, after the last token was
//! drawn. A node that dies loses them; the voter's browser sends its ballot again until it is in the log.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use sandan_booth::Issuer;
#[cfg(doc)]
use sandan_domain::evaluation::Poll;
use sandan_domain::evaluation::{Answer, Ballot, Command, Rejection, Session, Stage};
use sandan_domain::{Actor, EvaluationId};
use tokio::select;
use uuid::Uuid;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::{Caller, Scope};
use crate::execute::{Identity, Order, Wish};
use crate::refusal::Refusal;

/// How often a node looks whether what waits can be written. Less than [`Poll::COUNTED_AFTER`], so that nothing is
/// left when the ballots are counted.
pub const BALLOTS_EVERY: Duration = Duration::from_secs(5);
/// Ballots that wait on this node at once, of all evaluations; about a kilobyte each.
const BALLOTS_MAX: usize = 100_000;
/// Keys kept ready.
const ISSUERS_MAX: usize = 64;

/// What waits, by evaluation, and the keys that sign.
#[derive(Default)]
pub(crate) struct Urns {
    ballots: Mutex<HashMap<EvaluationId, BTreeMap<String, Vec<Answer>>>>,
    issuers: Mutex<HashMap<EvaluationId, Arc<Issuer>>>,
}

impl Urns {
    /// Puts a ballot in. The same again is as good as once; another under the same token is refused.
    pub fn put(&self, id: EvaluationId, ballot: Ballot) -> Result<(), Refusal> {
        let mut urns = lock(&self.ballots);
        if urns.values().map(BTreeMap::len).sum::<usize>() >= BALLOTS_MAX {
            return Err(Refusal::Overloaded);
        }
        let urn = urns.entry(id).or_default();
        match urn.get(&ballot.token) {
            Some(answers) if *answers == ballot.answers => Ok(()),
            Some(_) => Err(refused(Rejection::TokenUsed)),
            None => {
                urn.insert(ballot.token, ballot.answers);
                Ok(())
            }
        }
    }

    /// Whether exactly this ballot waits here.
    pub fn holds(&self, id: EvaluationId, ballot: &Ballot) -> bool {
        lock(&self.ballots).get(&id).and_then(|urn| urn.get(&ballot.token)) == Some(&ballot.answers)
    }

    fn waiting(&self) -> Vec<EvaluationId> {
        lock(&self.ballots).keys().copied().collect()
    }

    fn look(&self, id: EvaluationId) -> Vec<Ballot> {
        let urns = lock(&self.ballots);
        let ballot =
            |(token, answers): (&String, &Vec<Answer>)| Ballot { token: token.clone(), answers: answers.clone() };
        urns.get(&id).map(|urn| urn.iter().map(ballot).collect()).unwrap_or_default()
    }

    /// Takes out what was written, or can never be.
    fn remove<'a>(&self, id: EvaluationId, tokens: impl Iterator<Item = &'a String>) {
        let mut urns = lock(&self.ballots);
        if let Some(urn) = urns.get_mut(&id) {
            tokens.for_each(|token| _ = urn.remove(token));
            if urn.is_empty() {
                urns.remove(&id);
            }
        }
    }

    pub fn issuer(&self, id: EvaluationId) -> Option<Arc<Issuer>> {
        lock(&self.issuers).get(&id).cloned()
    }

    pub fn keep_issuer(&self, id: EvaluationId, issuer: Arc<Issuer>) {
        let mut issuers = lock(&self.issuers);
        if issuers.len() >= ISSUERS_MAX {
            issuers.clear();
        }
        issuers.insert(id, issuer);
    }

    pub fn forget_issuer(&self, id: EvaluationId) {
        lock(&self.issuers).remove(&id);
    }
}

impl App {
    /// Writes the ballots that wait on this node, again and again until `shutdown` is done, and once more then.
    ///
    /// Every node does it for its own: nobody else has them.
    pub async fn keep_ballots(&self, shutdown: impl Future<Output = ()> + Send) {
        let mut shutdown = pin!(shutdown);
        loop {
            let is_over = select! {
                () = &mut shutdown => true,
                () = tokio::time::sleep(BALLOTS_EVERY) => false,
            };
            if let Err(refusal) = self.write_ballots().await {
                tracing::warn!(%refusal, "ballots can't be written for now; they wait");
            }
            if is_over {
                return;
            }
        }
    }

    /// Writes the ballots of every evaluation where a batch is due. The others wait.
    pub async fn write_ballots(&self) -> Result<(), Refusal> {
        for id in self.0.urns.waiting() {
            self.write_ballots_of(id).await?;
        }
        Ok(())
    }

    pub(crate) async fn write_ballots_of(&self, id: EvaluationId) -> Result<(), Refusal> {
        let session = self.evaluation(id).await?;
        let ballots = self.0.urns.look(id);
        let now = self.0.clock.now();
        let is_due = session.poll().is_some_and(|poll| poll.batch_is_due(ballots.len(), now));
        if matches!(session.stage, Stage::Closed(..)) {
            // They came to a node that was away at the count. Whoever sent them is told so when they send again.
            self.0.urns.remove(id, ballots.iter().map(|ballot| &ballot.token));
        } else if is_due {
            self.record(id, &session, ballots.clone()).await?;
            self.0.urns.remove(id, ballots.iter().map(|ballot| &ballot.token));
        }
        Ok(())
    }

    /// By nobody: neither the order nor what is remembered of it says where a ballot came from.
    async fn record(&self, id: EvaluationId, session: &Session, ballots: Vec<Ballot>) -> Result<(), Refusal> {
        let by = Caller { correlation: Uuid::now_v7(), ..Caller::new(Actor::System, Scope::All, "system") };
        let wish = Wish::Evaluation(id, Command::Record { ballots });
        let order = Order::new(&by, Action::RunEvaluation, &Identity::once(), session.community.clone(), wish);
        self.execute(&Order { name: "record-ballots", ..order }).await?;
        Ok(())
    }
}

pub(crate) fn refused(rejection: Rejection) -> Refusal {
    Refusal::Rejected { rejection: rejection.into(), state: None, permitted: Vec::new() }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
