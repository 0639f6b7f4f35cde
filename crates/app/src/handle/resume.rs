//! A suspended request goes on (R11).

use sandan_domain::RequestId;
use sandan_domain::request::Command;

use crate::app::App;
use crate::authorise::Action;
use crate::caller::Caller;
use crate::execute::Identity;
use crate::handle::once::{Changed, Done, admit, changed};
use crate::receipt::Answer;

impl App {
    /// Resumes a suspended request.
    pub async fn resume(&self, by: &Caller, id: RequestId) -> Answer<Changed> {
        let identity = admit(by, Action::Resume, &id)?;
        Ok(changed(self.once(&identity, self.resume_new(by, &identity, id)).await?))
    }

    async fn resume_new(&self, by: &Caller, identity: &Identity, id: RequestId) -> Done {
        let case = self.reach(by, id).await?;
        self.change(by, Action::Resume, identity, (id, &case), Command::Resume).await
    }
}
