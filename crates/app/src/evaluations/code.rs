//! A volunteer's code: 13 characters, a keyed hash of evaluation and person, as a request's tracking code is.

use sandan_domain::{EvaluationId, PersonId, ProjectId};
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

    /// The vote that a code is for: of a volunteer their evaluation, of somebody who registered for a project its review,
    /// while it is voted on.
    pub async fn vote_of(&self, code: &str) -> Result<EvaluationId, Refusal> {
        let (id, _) = self.volunteer_of(code).await?;
        match self.project(ProjectId(id.0)).await {
            Ok(plan) => plan.review().ok_or(Refusal::NotFound),
            Err(Refusal::NotFound) => Ok(id),
            Err(refusal) => Err(refusal),
        }
    }

    /// The voter of this evaluation whose code it is. On a project vote those who registered for it, and those whose
    /// requests it serves, with the codes that they have from there (R14).
    pub async fn volunteer_in(&self, code: Option<&str>, id: EvaluationId) -> Result<PersonId, Refusal> {
        let code = code.unwrap_or_default();
        let project = self.known_evaluation(id).await?.occasion.project();
        match (self.volunteer_of(code).await, project) {
            (Ok((found, person)), None) if found == id => Ok(person),
            (Ok((found, person)), Some((project, _))) if found.0 == project.0 => Ok(person),
            // Whether they are of the electorate is decided where they draw a token.
            (Err(Refusal::NotFound), Some(_)) => Ok(self.by_tracking_code(code).await?.1),
            (Err(refusal), _) => Err(refusal),
            (Ok(_), _) => Err(Refusal::NotFound),
        }
    }
}
