//! A volunteer's code: 13 characters, a keyed hash of evaluation and person, as a request's tracking code is.

use sandan_domain::{EvaluationId, PersonId};
use sandan_log::RowChange;
use sandan_vault::{TrackingCode, Vault};

use crate::app::App;
use crate::refusal::Refusal;

impl App {
    /// The row by which a volunteer's code is found.
    pub(crate) fn voter_claim(&self, id: EvaluationId, person: PersonId) -> RowChange {
        let (space, key) = self.0.vault.voter_row(&self.0.vault.voter_code(id, person));
        RowChange::Claim { space, key, value: Vault::voter_value(id, person) }
    }

    /// The volunteer whose code it is, however it was typed.
    pub async fn volunteer_of(&self, code: &str) -> Result<(EvaluationId, PersonId), Refusal> {
        let code: TrackingCode = code.parse().map_err(|_| Refusal::NotFound)?;
        let (space, key) = self.0.vault.voter_row(&code);
        let value = self.0.log.row(space, &key).await?.ok_or(Refusal::NotFound)?;
        Vault::parse_voter_value(&value).ok_or(Refusal::NotFound)
    }

    /// The same, of this evaluation.
    pub async fn volunteer_in(&self, code: Option<&str>, id: EvaluationId) -> Result<PersonId, Refusal> {
        let (found, person) = self.volunteer_of(code.unwrap_or_default()).await?;
        if found == id { Ok(person) } else { Err(Refusal::NotFound) }
    }
}
