//! Receipts: of an append, and of a command that was accepted before.

use sandan_log::{Appended, Hash};

use crate::app::App;
use crate::execute::{Identity, Outcome};
use crate::receipt::Receipt;
use crate::refusal::Refusal;

impl App {
    /// The answer to a command that was accepted before, if it was.
    pub(crate) async fn replay(&self, identity: &Identity) -> Result<Option<Receipt<Outcome>>, Refusal> {
        if !identity.repeatable {
            return Ok(None);
        }
        let Some(known) = self.0.log.remembered(identity.id).await? else { return Ok(None) };
        if known.fingerprint != [0; 32] && known.fingerprint != identity.fingerprint {
            return Err(Refusal::KeyReused);
        }
        let last = match known.last.checked_sub(1) {
            Some(before) => self.0.log.read(before, 1).await?.pop(),
            None => None,
        };
        let (generation, hash) = match last {
            Some(record) => (record.generation, record.hash),
            None => (self.0.log.head().await?.generation, Hash::ZERO),
        };
        let outcome = Outcome::decode(&known.outcome);
        Ok(Some(Receipt { position: known.last, generation, hash, replayed: true, outcome }))
    }
}

pub(super) fn receipt(appended: Appended, outcome: Outcome) -> Receipt<Outcome> {
    let Appended { last, generation, hash, replayed, outcome: stored, .. } = appended;
    let outcome = if replayed { Outcome::decode(&stored) } else { outcome };
    Receipt { position: last, generation, hash, replayed, outcome }
}
