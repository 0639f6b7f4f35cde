//! 认领: a unit takes it; in the pool the first claim wins (R3).

use sandan_domain::RequestId;
use sandan_domain::request::Command;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::handle::once::{Changed, Done, admit, changed};
use crate::receipt::Answer;
use crate::refusal::Refusal;

impl App {
    /// Claims a request for the caller's unit.
    pub async fn claim(&self, by: &Caller, id: RequestId) -> Answer<Changed> {
        let identity = admit(by, Action::Claim, &id)?;
        Ok(changed(self.once(&identity, self.claim_new(by, &identity, id)).await?))
    }

    async fn claim_new(&self, by: &Caller, identity: &Identity, id: RequestId) -> Done {
        let case = self.reach(by, id).await?;
        let unit = self.unit_of(by)?;
        if !self.has_unit(&case.community, &unit).await? {
            return Err(Refusal::forbidden(format!("{unit} is no unit of {}", case.community)));
        }
        self.change(by, Action::Claim, identity, (id, &case), Command::Claim { unit }).await
    }
}
